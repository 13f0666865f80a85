; The new version in its own folder: compiled, on the disk, tried. Nothing that runs knows of it yet.

; Runs the new version's interpreter on one of its scripts. $0: what it said, $1: its exit status. It speaks in the
; system's code page, which is what nsExec reads.
!macro RUN_NEW seconds what arguments
  nsExec::ExecToStack /TIMEOUT=${seconds}000 '"$INSTDIR\versions\$Name\python.exe" -I ${arguments}'
  Pop $1
  Pop $0
  ${Log} "${what}: exit $1 $0"
!macroend

; Compiles every module, brings everything onto the disk, imports all that loads a library. $0: "" or what failed.
Function PrepareVersion
  Push $1
  DetailPrint "${SAY_COMPILING}"
  !insertmacro RUN_NEW 900 "compiled" '"$INSTDIR\versions\$Name\compile.py" -q --invalidation-mode unchecked-hash "$INSTDIR\versions\$Name\app\desktop" "$INSTDIR\versions\$Name\site"'
  ${If} $1 != "0"
    StrCpy $0 "compiling: exit $1"
    Goto done
  ${EndIf}
  DetailPrint "${SAY_FLUSHING}"
  !insertmacro RUN_NEW 900 "on the disk" '"$INSTDIR\versions\$Name\flush.py" "$INSTDIR\versions\$Name"'
  ${If} $1 != "0"
    StrCpy $0 "flushing: exit $1"
    Goto done
  ${EndIf}
  Call FlushInterpreter
  DetailPrint "${SAY_PROBING}"
  !insertmacro RUN_NEW 180 "probed" '"$INSTDIR\versions\$Name\probe.py"'
  ${If} $1 != "0"
    StrCpy $0 "probing: exit $1"
    Goto done
  ${EndIf}
  StrCpy $0 ""
  done:
  Pop $1
FunctionEnd

; The files beside the interpreter and itself, which it could not open for writing while it ran; flush.py did all others.
Function FlushInterpreter
  Push $0
  Push $1
  Push $2
  FindFirst $1 $2 "$INSTDIR\versions\$Name\*.*"
  ${While} $2 != ""
    StrCpy $0 "$INSTDIR\versions\$Name\$2"
    ${IfNot} ${FileExists} "$0\*.*"
      Call FlushFile
    ${EndIf}
    FindNext $1 $2
  ${EndWhile}
  FindClose $1
  ClearErrors
  Pop $2
  Pop $1
  Pop $0
FunctionEnd

; Brings the file $0 onto the disk. One that a scanner holds is left to Windows, which writes it some seconds later.
Function FlushFile
  Push $1
  ${If} ${FileExists} $0
    ClearErrors
    FileOpen $1 $0 a
    ${IfNot} ${Errors}
      System::Call 'kernel32::FlushFileBuffers(p r1)'
      FileClose $1
    ${EndIf}
  ${EndIf}
  ClearErrors
  Pop $1
FunctionEnd
