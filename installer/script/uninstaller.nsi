; The uninstaller of one version: everything of the program goes, workspaces stay unless they are asked for (/WORKSPACES, or
; the box). It is an exe of the build like the launchers, so that it can be listed and signed; makensis only makes one on the
; way to a setup, which nobody runs. Defines come from installer/packing.py: NAME IDENTITY PUBLISHER VERSION VERSION_4 WORK OUT MADE.
SetCompressor lzma
!include "product.nsh"
!uninstfinalize 'cp "%1" "${MADE}"' = 0

Var WantsWorkspacesGone
Var WorkspacesBox

UninstPage custom un.WorkspacesPage un.WorkspacesPageLeft
!insertmacro MUI_UNPAGE_INSTFILES

!insertmacro SPEAK "卸载程序"

!insertmacro SHARED_FUNCTIONS "un."

Section
  WriteUninstaller "$EXEDIR\uninstall.exe"
SectionEnd

Function un.onInit
  SetRegView 64
  SetShellVarContext current
  StrCpy $WantsWorkspacesGone 0
  !insertmacro ALONE
  ${If} $0 = 0
    ${Refuse} ${EXIT_SETUP_RUNS} "${SAY_SETUP_RUNS}"
    Quit
  ${EndIf}
  ReadINIStr $0 "$INSTDIR\current.ini" "lantian" "current"
  ${IfNot} ${FileExists} "$INSTDIR\versions\*.*"
  ${AndIf} $0 == ""
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
    Call un.NameWorkspaces
    MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "${SAY_REMOVE_SURE}" IDYES +2
    Abort
  ${EndIf}
FunctionEnd

; $0: the folders that would be removed, a line each; the program writes them, for only it knows them.
Function un.NameWorkspaces
  Push $1
  Push $2
  StrCpy $0 ""
  InitPluginsDir
  nsExec::Exec '"$INSTDIR\lantian-cli.exe" workspaces --list-to "$PLUGINSDIR\workspaces.txt"'
  Pop $1
  ClearErrors
  FileOpen $1 "$PLUGINSDIR\workspaces.txt" r
  ${IfNot} ${Errors}
    ${Do}
      FileReadUTF16LE $1 $2
      ${If} ${Errors}
        ${ExitDo}
      ${EndIf}
      StrCpy $0 "$0$2"
    ${Loop}
    FileClose $1
  ${EndIf}
  ${If} $0 == ""
    StrCpy $0 "${SAY_REMOVE_NONE}"
  ${EndIf}
  ClearErrors
  Pop $2
  Pop $1
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
  FindFirst $0 $1 "$INSTDIR\versions\*"
  ${While} $1 != ""
    ${If} $1 != "."
    ${AndIf} $1 != ".."
      !insertmacro REMOVE_VERSION "$INSTDIR\versions\$1"
    ${EndIf}
    FindNext $0 $1
  ${EndWhile}
  FindClose $0
  RMDir "$INSTDIR\versions"
  Delete "$INSTDIR\current.ini"
  Delete "$INSTDIR\current.ini.new"
  Delete "$INSTDIR\lantian.exe"
  Delete "$INSTDIR\lantian.exe.old"
  Delete "$INSTDIR\lantian.exe.new"
  Delete "$INSTDIR\lantian-cli.exe"
  Delete "$INSTDIR\lantian-cli.exe.old"
  Delete "$INSTDIR\lantian-cli.exe.new"
  Delete "$INSTDIR\uninstall.exe.new"
  Delete "$INSTDIR\uninstall.exe.old"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  ${If} ${FileExists} "$INSTDIR\*.*"
    MessageBox MB_OK|MB_ICONINFORMATION "${SAY_REMOVE_LEFT}" /SD IDOK
  ${EndIf}
  Delete "${USER_FOLDER}\lantian.log"
  Delete "${USER_FOLDER}\lantian.log.1"
  Delete "${USER_FOLDER}\settings.ini"
  Delete "${USER_FOLDER}\start.lock"
  Delete "${USER_FOLDER}\install.log"
  ; The made-up city and county to try things on, and copies of files that were looked at.
  RMDir /r "${USER_FOLDER}\示例"
  RMDir /r "${USER_FOLDER}\opened"
  RMDir "${USER_FOLDER}"
SectionEnd
