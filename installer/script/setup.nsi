; The offline setup of one version. Everything particular comes in by defines from installer/packing.py:
; NAME IDENTITY PUBLISHER VERSION VERSION_4 LEAST_BUILD NEEDED_MB INSTALLED_KB ADDED_KB LAUNCHER_SIZE CLI_SIZE UNINSTALLER_SIZE
; MOST_FOLDER_LETTERS WORK OUT, QUICK.
!ifdef QUICK
  SetCompressor zlib
!else
  ; Not solid: a solid setup unpacks everything into the temporary folder first, which takes the room twice.
  SetCompressor lzma
  SetCompressorDictSize 16
!endif
!include WordFunc.nsh
!include WinVer.nsh
!include "product.nsh"
FileErrorText "${SAY_FILE_HELD}" "${SAY_FILE_HELD}"
InstallDir "$LOCALAPPDATA\Programs\${IDENTITY}"

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

!define MUI_ABORTWARNING
!define MUI_WELCOMEFINISHPAGE_BITMAP "${WORK}/banner.bmp"
; As large as its place: by its own proportions it would cover words where the font is tall.
!define MUI_WELCOMEFINISHPAGE_BITMAP_STRETCH FitControl

!define MUI_WELCOMEPAGE_TITLE "${SAY_WELCOME_TITLE}"
!define MUI_WELCOMEPAGE_TEXT "${SAY_WELCOME}"
!insertmacro MUI_PAGE_WELCOME
; The words that come with NSIS name buttons that are called otherwise.
!define MUI_LICENSEPAGE_TEXT_TOP "${SAY_LICENCE_TOP}"
!define MUI_LICENSEPAGE_TEXT_BOTTOM "${SAY_LICENCE_BOTTOM}"
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

!insertmacro SPEAK "安装程序"

!insertmacro SHARED_FUNCTIONS ""
!include "deciding.nsh"
!include "preparing.nsh"
!include "switching.nsh"
!include "registering.nsh"

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
  Call TakeFolder
  ; What is installed is installed over, wherever the command line points: two copies would quarrel over the file type.
  ; Keys without their folder came with the person from another computer (roaming profile) and say nothing of this one.
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
  ${If} $Current != ""
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

; /D= with quotation marks round the folder or round it all, as people and other installers write it: NSIS takes it bare
; alone, and would install elsewhere without a word.
Function TakeFolder
  Push $0
  Push $1
  Push $2
  System::Call 'kernel32::GetCommandLineW() w .r0'
  ClearErrors
  ${WordFind} $0 "/D=" "E+1}" $1
  ${IfNot} ${Errors}
    ${WordFind} $0 "/D=" "E+1{" $2
    StrCpy $2 $2 1 -1
    ${If} $2 != '"'
      StrCpy $2 $1 1
      StrCpy $0 $1 "" 1
    ${Else}
      StrCpy $0 $1
    ${EndIf}
    ${If} $2 == '"'
      ${WordFind} $0 '"' "+1{" $INSTDIR
    ${EndIf}
  ${EndIf}
  StrCpy $0 $INSTDIR 1 -1
  StrLen $1 $INSTDIR
  ${If} $0 == "\"
  ${AndIf} $1 > 3
    StrCpy $INSTDIR $INSTDIR -1
  ${EndIf}
  ClearErrors
  Pop $2
  Pop $1
  Pop $0
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

; Gives up: the old version is as it was, of the new one nothing is left, and it is said why.
!macro GIVE_UP code text
  Call UndoInstallation
  ${Refuse} ${code} "${text}"
  Abort
!macroend

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
    !insertmacro GIVE_UP ${EXIT_STILL_RUNNING} "${SAY_GIVEN_UP}"
  ${EndIf}
  ; Between the first look and now the launcher may have settled which version runs.
  Call ReadInstalled
  Call DowngradeFault
  ${If} $0 != ""
    !insertmacro GIVE_UP ${EXIT_DOWNGRADE} "$0"
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
  SetOutPath "$INSTDIR"
  File "/oname=uninstall.exe.new" "${WORK}/stage/root/uninstall.exe"
  File "/oname=lantian.exe.new" "${WORK}/stage/root/lantian.exe"
  File "/oname=lantian-cli.exe.new" "${WORK}/stage/root/lantian-cli.exe"
  SetDetailsPrint both
  Call PrepareVersion
  ${If} $0 != ""
    ; Asked before the undoing gives room back.
    Call AskScarce
    ${If} $1 = 1
      !insertmacro GIVE_UP ${EXIT_NO_SPACE} "${SAY_SPACE_USED_UP}"
    ${EndIf}
    !insertmacro GIVE_UP ${EXIT_NOT_RUNNABLE} "${SAY_NOT_RUNNABLE}"
  ${EndIf}
  ; Laying and compiling took a while: somebody may have started the program again.
  Call CloseProgram
  ${If} $0 = 0
    !insertmacro GIVE_UP ${EXIT_STILL_RUNNING} "${SAY_GIVEN_UP}"
  ${EndIf}
  Call ReadInstalled
  Call PutPrograms
  ${If} $1 <> 0
    Call SwitchOver
  ${EndIf}
  ${If} $1 = 0
    !insertmacro GIVE_UP ${EXIT_NOT_SWITCHED} "${SAY_NOT_SWITCHED}"
  ${EndIf}
  StrCpy $IsSwitched 1
  ${Log} "switched to $Name"
  Call Register
  Call RemoveOthers
  ${Log} "done"
SectionEnd

; Cancelled, refused half way, or stopped by NSIS because a file could not be written; it has said which.
Function .onInstFailed
  ${Log} "not installed"
  Call AskScarce
  Call UndoInstallation
  ; Codes of our own begin at 10: with one of them it has been said.
  GetErrorLevel $0
  ${If} $0 < 10
  ${AndIf} $1 = 1
    ${Refuse} ${EXIT_NO_SPACE} "${SAY_SPACE_USED_UP}"
  ${EndIf}
FunctionEnd
