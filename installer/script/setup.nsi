; The offline setup of one version. Everything particular comes in by defines from installer/packing.py:
; NAME IDENTITY PUBLISHER VERSION VERSION_4 LEAST_BUILD NEEDED_MB INSTALLED_KB ADDED_KB LAUNCHER_SIZE CLI_SIZE MOST_FOLDER_LETTERS WORK OUT, QUICK, SIGN.
Unicode true
Target amd64-unicode
!ifdef QUICK
  SetCompressor zlib
!else
  ; Not solid: a solid setup unpacks everything into the temporary folder first, which takes the room twice.
  SetCompressor lzma
  SetCompressorDictSize 16
!endif
SetDateSave off
CRCCheck force
AllowSkipFiles off
RequestExecutionLevel user
ManifestSupportedOS Win10
ManifestDPIAware true
ManifestLongPathAware true

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include WordFunc.nsh
!include WinVer.nsh
!include x64.nsh
!include nsDialogs.nsh
!include "sentences.nsh"
!include "common.nsh"

Name "${NAME}"
BrandingText "${NAME} ${VERSION}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${IDENTITY}"
ShowInstDetails nevershow
ShowUninstDetails nevershow

VIProductVersion "${VERSION_4}"
VIFileVersion "${VERSION_4}"

Var Name
Var Current
Var OldVersion
Var Previous
Var PreviousVersion
Var FreeMB
Var IsSwitched
Var FinishWords
Var WantsDesktop
Var DesktopBox
Var WantsWorkspacesGone
Var WorkspacesBox

!define MUI_ICON "${WORK}/app.ico"
!define MUI_UNICON "${WORK}/app.ico"
!define MUI_ABORTWARNING
!define MUI_WELCOMEFINISHPAGE_BITMAP "${WORK}/banner.bmp"
; As large as its place: by its own proportions it would cover words where the font is tall.
!define MUI_WELCOMEFINISHPAGE_BITMAP_STRETCH FitControl

!define MUI_WELCOMEPAGE_TITLE "${SAY_WELCOME_TITLE}"
!define MUI_WELCOMEPAGE_TEXT "${SAY_WELCOME}"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "${WORK}/licence-page.txt"
!define MUI_PAGE_CUSTOMFUNCTION_PRE FolderPageWanted
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE FolderPageLeft
!define MUI_DIRECTORYPAGE_TEXT_TOP "${SAY_FOLDER}"
!insertmacro MUI_PAGE_DIRECTORY
Page custom OptionsPage OptionsPageLeft
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "${SAY_FINISH_TITLE}"
!define MUI_FINISHPAGE_TEXT "$FinishWords"
!define MUI_FINISHPAGE_RUN "$INSTDIR\lantian.exe"
!define MUI_FINISHPAGE_RUN_TEXT "${SAY_RUN}"
!insertmacro MUI_PAGE_FINISH

UninstPage custom un.WorkspacesPage un.WorkspacesPageLeft
!insertmacro MUI_UNPAGE_INSTFILES

!insertmacro MUI_LANGUAGE "SimpChinese"

VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "ProductName" "${NAME}"
VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "FileDescription" "${NAME} ${VERSION} 安装程序"
VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "CompanyName" "${PUBLISHER}"
VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "LegalCopyright" "Copyright (c) 2026 ${PUBLISHER}, MIT"

!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"' = 0
!endif

!insertmacro SHARED_FUNCTIONS ""
!insertmacro SHARED_FUNCTIONS "un."
!include "upgrading.nsh"
!include "removing.nsh"

Function .onInit
  SetRegView 64
  SetShellVarContext current
  ${Log} "setup begins"
  !insertmacro ALONE
  ${If} $0 = 0
    ${Refuse} ${EXIT_SETUP_RUNS} "${SAY_SETUP_RUNS}"
    Quit
  ${EndIf}
  ${IfNot} ${AtLeastWin10}
  ${OrIfNot} ${AtLeastBuild} ${LEAST_BUILD}
    ${Refuse} ${EXIT_WINDOWS_TOO_OLD} "${SAY_WINDOWS_TOO_OLD}"
    Quit
  ${EndIf}
  ; What is installed is installed over, wherever the command line points: two copies would quarrel over the file type.
  ReadRegStr $0 HKCU "${OWN_KEY}" "InstallDir"
  ${If} $0 != ""
  ${AndIf} ${FileExists} "$0\current.ini"
    StrCpy $INSTDIR $0
  ${EndIf}
  Call ReadInstalled
  StrCpy $WantsDesktop 1
  Call DowngradeFault
  ${If} $0 != ""
    ${Refuse} ${EXIT_DOWNGRADE} "$0"
    Quit
  ${EndIf}
  ; Who took the shortcut away does not get it back by an upgrade.
  ReadRegStr $0 HKCU "${OWN_KEY}" "Version"
  ${If} $0 != ""
  ${AndIfNot} ${FileExists} "$DESKTOP\${NAME}.lnk"
    StrCpy $WantsDesktop 0
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/NODESKTOP" $1
  ${IfNot} ${Errors}
    StrCpy $WantsDesktop 0
  ${EndIf}
  ClearErrors
FunctionEnd

Function FolderPageWanted
  ${If} $Current != ""
    Abort
  ${EndIf}
FunctionEnd

Function FolderPageLeft
  Call ReadInstalled
  Call DowngradeFault
  ${If} $0 == ""
    Call FolderFault
  ${EndIf}
  ${If} $0 != ""
    MessageBox MB_OK|MB_ICONEXCLAMATION "$0"
    Abort
  ${EndIf}
FunctionEnd

Function OptionsPage
  !insertmacro MUI_HEADER_TEXT "${SAY_OPTIONS_TITLE}" ""
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateLabel} 0 0 100% 12u "${SAY_OPTIONS}"
  Pop $0
  ${NSD_CreateCheckbox} 0 18u 100% 12u "${SAY_DESKTOP}"
  Pop $DesktopBox
  ${NSD_SetState} $DesktopBox $WantsDesktop
  ${NSD_CreateLabel} 0 42u 100% 12u "${SAY_DOUBLE_CLICK}"
  Pop $0
  nsDialogs::Show
FunctionEnd

Function OptionsPageLeft
  ${NSD_GetState} $DesktopBox $WantsDesktop
FunctionEnd

Section "-program"
  AddSize ${ADDED_KB}
  SetDetailsPrint both
  Call FolderFault
  ${If} $0 != ""
    ${If} $1 = ${EXIT_NO_SPACE}
      ${Refuse} ${EXIT_NO_SPACE} "$0"
    ${Else}
      ${Refuse} ${EXIT_FOLDER} "$0"
    ${EndIf}
    Abort
  ${EndIf}
  Call CloseProgram
  ${If} $0 = 0
    ${Refuse} ${EXIT_STILL_RUNNING} "${SAY_GIVEN_UP}"
    Abort "${SAY_GIVEN_UP}"
  ${EndIf}
  ; Between the first look and now the launcher may have settled which version runs.
  Call ReadInstalled
  Call DowngradeFault
  ${If} $0 != ""
    ${Refuse} ${EXIT_DOWNGRADE} "$0"
    Abort
  ${EndIf}
  Call ChooseName
  StrCpy $FinishWords "${SAY_FINISH}"
  ${If} $Current != ""
    StrCpy $FinishWords "${SAY_FINISH}$\r$\n$\r$\n${SAY_FINISH_UPGRADE}"
  ${EndIf}
  ${Log} "laying $Name into $INSTDIR; installed: $Current $OldVersion; to go back to: $Previous"
  DetailPrint "${SAY_LAYING}"
  SetDetailsPrint none
  !include "${WORK}/files.nsh"
  SetDetailsPrint both
  Call PrepareVersion
  ${If} $0 != ""
    Call UndoInstallation
    ${Refuse} ${EXIT_NOT_RUNNABLE} "${SAY_NOT_RUNNABLE}"
    Abort
  ${EndIf}
  ; Laying and compiling took a while: somebody may have started the program again.
  Call CloseProgram
  ${If} $0 = 0
    Call UndoInstallation
    ${Refuse} ${EXIT_STILL_RUNNING} "${SAY_GIVEN_UP}"
    Abort "${SAY_GIVEN_UP}"
  ${EndIf}
  Call ReadInstalled
  SetOutPath "$INSTDIR"
  File "/oname=lantian.exe.new" "${WORK}/stage/root/lantian.exe"
  File "/oname=lantian-cli.exe.new" "${WORK}/stage/root/lantian-cli.exe"
  StrCpy $0 "lantian-cli.exe"
  StrCpy $2 ${CLI_SIZE}
  Call PutLauncher
  ${If} $1 <> 0
    StrCpy $0 "lantian.exe"
    StrCpy $2 ${LAUNCHER_SIZE}
    Call PutLauncher
  ${EndIf}
  ${If} $1 <> 0
    Call SwitchOver
  ${EndIf}
  ${If} $1 = 0
    Call UndoInstallation
    ${Refuse} ${EXIT_NOT_SWITCHED} "${SAY_NOT_SWITCHED}"
    Abort
  ${EndIf}
  StrCpy $IsSwitched 1
  ${Log} "switched to $Name"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  Call Register
  Call RemoveOthers
  ${Log} "done"
SectionEnd

; Shortcuts, file type and the list of installed programs, all of this user alone.
Function Register
  CreateShortCut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\lantian.exe" "" "$INSTDIR\lantian.exe" 0
  ${If} $WantsDesktop = 1
    CreateShortCut "$DESKTOP\${NAME}.lnk" "$INSTDIR\lantian.exe" "" "$INSTDIR\lantian.exe" 0
  ${EndIf}
  WriteRegStr HKCU "${OWN_KEY}" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${OWN_KEY}" "Version" "${VERSION}"
  WriteRegStr HKCU "${CLASSES}\.jbx" "" "${PACKAGE_TYPE}"
  WriteRegNone HKCU "${CLASSES}\.jbx\OpenWithProgids" "${PACKAGE_TYPE}"
  WriteRegStr HKCU "${CLASSES}\${PACKAGE_TYPE}" "" "${NAME}交换文件"
  WriteRegStr HKCU "${CLASSES}\${PACKAGE_TYPE}\DefaultIcon" "" "$INSTDIR\lantian.exe,1"
  WriteRegStr HKCU "${CLASSES}\${PACKAGE_TYPE}\shell\open\command" "" '"$INSTDIR\lantian.exe" "%1"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\lantian.exe,0"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "${PUBLISHER}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" ${INSTALLED_KB}
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
  ; SHCNE_ASSOCCHANGED: the desktop draws the files' icons anew.
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
FunctionEnd

; The old version is as it was, and of the new one nothing is left.
Function UndoInstallation
  SetOutPath "$TEMP"
  ; Before a name is chosen nothing of ours is there.
  ${If} $IsSwitched <> 1
  ${AndIf} $Name != ""
    !insertmacro REMOVE_VERSION "$INSTDIR\versions\$Name"
    Delete "$INSTDIR\lantian.exe.new"
    Delete "$INSTDIR\lantian-cli.exe.new"
    Delete "$INSTDIR\current.ini.new"
    ${If} $Current == ""
      Delete "$INSTDIR\lantian.exe"
      Delete "$INSTDIR\lantian-cli.exe"
    ${EndIf}
    RMDir "$INSTDIR\versions"
    RMDir "$INSTDIR"
  ${EndIf}
FunctionEnd

; Cancelled while files were laid, or refused half way.
Function .onInstFailed
  ${Log} "not installed"
  Call UndoInstallation
FunctionEnd
