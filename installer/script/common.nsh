; What setup and the uninstaller share: exit codes, the log, asking the running program to close.

; Exit codes, as README.md and the page for officials list them.
!define EXIT_WINDOWS_TOO_OLD 10
!define EXIT_DOWNGRADE 11
!define EXIT_NO_SPACE 12
!define EXIT_STILL_RUNNING 13
!define EXIT_FOLDER 14
!define EXIT_NOT_RUNNABLE 15
!define EXIT_SETUP_RUNS 16
!define EXIT_NOT_SWITCHED 17

!define OWN_KEY "Software\${IDENTITY}"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${IDENTITY}"
!define CLASSES "Software\Classes"
!define PACKAGE_TYPE "${IDENTITY}.Package"
!define CONTROL_CLASS "${IDENTITY}Control"
!define USER_FOLDER "$LOCALAPPDATA\${IDENTITY}"
!define MILLISECONDS_TO_CLOSE 60000
!define SCARCE_MB 20

!define Log "!insertmacro LOG_LINE"
!macro LOG_LINE text
  Push $0
  StrCpy $0 `${text}`
  !ifdef __UNINSTALL__
    Call un.WriteLog
  !else
    Call WriteLog
  !endif
  Pop $0
!macroend

; Says why, with this exit code, and stops before or within a section.
!define Refuse "!insertmacro REFUSE"
!macro REFUSE code text
  ${Log} `exit ${code}: ${text}`
  MessageBox MB_OK|MB_ICONEXCLAMATION `${text}` /SD IDOK
  SetErrorLevel ${code}
!macroend

; A program that runs from a version holds its manifest.json open: then it cannot be renamed, and nothing is removed. The
; manifest goes last, so that what could not be removed now is known as ours later.
!macro REMOVE_VERSION folder
  ClearErrors
  Rename "${folder}\manifest.json" "${folder}\manifest.json.going"
  ${IfNot} ${Errors}
    Rename "${folder}\manifest.json.going" "${folder}\manifest.json"
    RMDir /r "${folder}\app"
    RMDir /r "${folder}\site"
    RMDir /r "${folder}\licenses"
    Delete "${folder}\*.exe"
    Delete "${folder}\*.dll"
    Delete "${folder}\*.pyd"
    Delete "${folder}\python*.zip"
    Delete "${folder}\python*._pth"
    Delete "${folder}\compile.py"
    Delete "${folder}\flush.py"
    Delete "${folder}\probe.py"
    Delete "${folder}\sbom.cdx.json"
    Delete "${folder}\started"
    ${IfNot} ${FileExists} "${folder}\app\*.*"
    ${AndIfNot} ${FileExists} "${folder}\site\*.*"
    ${AndIfNot} ${FileExists} "${folder}\*.dll"
      Delete "${folder}\manifest.json"
    ${EndIf}
  ${EndIf}
  ; Also one that was cut off before its first file.
  RMDir "${folder}"
  ClearErrors
!macroend

; $0: 1 when no other setup or uninstaller runs; in silent mode its end is waited for, a minute at most.
!macro ALONE
  Push $1
  Push $2
  Push $3
  StrCpy $2 0
  ${Do}
    System::Call 'kernel32::CreateMutexW(p 0, i 0, w "Local\${IDENTITY}Setup") p .r3 ?e'
    Pop $1
    StrCpy $0 1
    ${If} $1 <> 183
      ${ExitDo}
    ${EndIf}
    StrCpy $0 0
    System::Call 'kernel32::CloseHandle(p r3)'
    ${IfNot} ${Silent}
      ${ExitDo}
    ${EndIf}
    Sleep 1000
    IntOp $2 $2 + 1
  ${LoopUntil} $2 >= 60
  Pop $3
  Pop $2
  Pop $1
!macroend

!macro SHARED_FUNCTIONS un
; Appends $0 with the time, in UTF-16 with its mark.
Function ${un}WriteLog
  Push $1
  Push $2
  Push $3
  Push $4
  Push $5
  Push $6
  Push $7
  Push $8
  Push $9
  ${GetTime} "" "L" $1 $2 $3 $4 $5 $6 $7
  CreateDirectory "${USER_FOLDER}"
  IfFileExists "${USER_FOLDER}\install.log" 0 +3
    StrCpy $9 ""
    Goto +2
    StrCpy $9 "new"
  FileOpen $8 "${USER_FOLDER}\install.log" a
  FileSeek $8 0 END
  StrCmp $9 "new" 0 +2
    FileWriteUTF16LE /BOM $8 ""
  FileWriteUTF16LE $8 "$3-$2-$1 $5:$6:$7 ${VERSION} $0$\r$\n"
  FileClose $8
  Pop $9
  Pop $8
  Pop $7
  Pop $6
  Pop $5
  Pop $4
  Pop $3
  Pop $2
  Pop $1
FunctionEnd

; Asks the running program to close and waits for its end. $0: 1 closed or not running, 0 given up.
Function ${un}CloseProgram
  Push $1
  Push $2
  Push $3
  StrCpy $0 1
  FindWindow $1 "${CONTROL_CLASS}"
  ${If} $1 <> 0
    ${Log} "the program runs; asking it to close"
    !if "${un}" == ""
      MessageBox MB_OKCANCEL|MB_ICONINFORMATION "${SAY_RUNNING}" /SD IDOK IDOK +3
    !else
      MessageBox MB_OKCANCEL|MB_ICONINFORMATION "${SAY_RUNNING_REMOVE}" /SD IDOK IDOK +3
    !endif
    StrCpy $0 0
    StrCpy $1 0
  ${EndIf}
  System::Call 'kernel32::GetTickCount() i .r2'
  ${While} $1 <> 0
    SendMessage $1 ${WM_CLOSE} 0 0 /TIMEOUT=2000
    Sleep 1000
    System::Call 'kernel32::GetTickCount() i .r3'
    IntOp $3 $3 - $2
    ${If} $3 >= ${MILLISECONDS_TO_CLOSE}
      System::Call 'kernel32::GetTickCount() i .r2'
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${SAY_STILL_RUNNING}" /SD IDCANCEL IDRETRY +3
      StrCpy $0 0
      ${Break}
    ${EndIf}
    FindWindow $1 "${CONTROL_CLASS}"
    ${If} $1 = 0
      ; The window goes a moment before its process.
      Sleep 1000
    ${EndIf}
  ${EndWhile}
  Pop $3
  Pop $2
  Pop $1
FunctionEnd
!macroend
