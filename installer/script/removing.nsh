; The uninstaller: everything of the program goes, workspaces stay unless they are asked for (/WORKSPACES, or the box).

Function un.onInit
  SetRegView 64
  SetShellVarContext current
  StrCpy $WantsWorkspacesGone 0
  ${IfNot} ${FileExists} "$INSTDIR\current.ini"
  ${AndIfNot} ${FileExists} "$INSTDIR\versions\*.*"
    MessageBox MB_OK|MB_ICONEXCLAMATION "${SAY_NOT_HERE}" /SD IDOK
    SetErrorLevel ${EXIT_FOLDER}
    Quit
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/WORKSPACES" $1
  ${IfNot} ${Errors}
    StrCpy $WantsWorkspacesGone 1
  ${EndIf}
  ClearErrors
FunctionEnd

Function un.WorkspacesPage
  !insertmacro MUI_HEADER_TEXT "${SAY_REMOVE_TITLE}" "${SAY_REMOVE_SUBTITLE}"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateLabel} 0 0 100% 60u "${SAY_REMOVE}"
  Pop $0
  ${NSD_CreateCheckbox} 0 68u 100% 12u "${SAY_REMOVE_WORKSPACES}"
  Pop $WorkspacesBox
  ${NSD_SetState} $WorkspacesBox $WantsWorkspacesGone
  nsDialogs::Show
FunctionEnd

Function un.WorkspacesPageLeft
  ${NSD_GetState} $WorkspacesBox $WantsWorkspacesGone
  ${If} $WantsWorkspacesGone = 1
    MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "${SAY_REMOVE_SURE}" IDYES +2
    Abort
  ${EndIf}
FunctionEnd

Section "Uninstall"
  Call un.CloseProgram
  ${If} $0 = 0
    ${Refuse} ${EXIT_STILL_RUNNING} "${SAY_GIVEN_UP}"
    Abort "${SAY_GIVEN_UP}"
  ${EndIf}
  ${If} $WantsWorkspacesGone = 1
    nsExec::ExecToStack '"$INSTDIR\lantian-cli.exe" workspaces --remove'
    Pop $0
    Pop $1
    ${If} $0 != "0"
      MessageBox MB_OK|MB_ICONEXCLAMATION "${SAY_REMOVE_FAILED}" /SD IDOK
    ${EndIf}
  ${EndIf}
  SetOutPath "$TEMP"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$DESKTOP\${NAME}.lnk"
  ; The type of the file may be another program's by now.
  ReadRegStr $0 HKCU "${CLASSES}\.jbx" ""
  ${If} $0 == "${PACKAGE_TYPE}"
    DeleteRegValue HKCU "${CLASSES}\.jbx" ""
  ${EndIf}
  DeleteRegValue HKCU "${CLASSES}\.jbx\OpenWithProgids" "${PACKAGE_TYPE}"
  DeleteRegKey /ifempty HKCU "${CLASSES}\.jbx\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "${CLASSES}\.jbx"
  DeleteRegKey HKCU "${CLASSES}\${PACKAGE_TYPE}"
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  DeleteRegKey HKCU "${OWN_KEY}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  ; Named one by one: a folder that somebody put his own things into keeps them.
  RMDir /r "$INSTDIR\versions"
  Delete "$INSTDIR\current.ini"
  Delete "$INSTDIR\current.ini.new"
  Delete "$INSTDIR\lantian.exe"
  Delete "$INSTDIR\lantian.exe.old"
  Delete "$INSTDIR\lantian.exe.new"
  Delete "$INSTDIR\lantian-cli.exe"
  Delete "$INSTDIR\lantian-cli.exe.old"
  Delete "$INSTDIR\lantian-cli.exe.new"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "${USER_FOLDER}\lantian.log"
  Delete "${USER_FOLDER}\lantian.log.1"
  Delete "${USER_FOLDER}\settings.ini"
  Delete "${USER_FOLDER}\install.log"
  ; The made-up city and county to try things on, and copies of files that were looked at.
  RMDir /r "${USER_FOLDER}\示例"
  RMDir /r "${USER_FOLDER}\opened"
  RMDir "${USER_FOLDER}"
SectionEnd
