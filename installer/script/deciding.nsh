; What is installed, and whether this version can follow it there: asked before anything is touched.
; Versions lie beside each other in versions\; current.ini names the one that runs. See installer/README.md.

!macro READ_CURRENT key variable
  ReadINIStr ${variable} "$INSTDIR\current.ini" "lantian" "${key}"
!macroend

; What is installed in $INSTDIR, if anything: Current, OldVersion, Previous, PreviousVersion. Asked again whenever time
; has passed: the launcher writes current.ini too.
Function ReadInstalled
  !insertmacro READ_CURRENT "current" $Current
  !insertmacro READ_CURRENT "version" $OldVersion
  !insertmacro READ_CURRENT "previous" $Previous
  !insertmacro READ_CURRENT "previous_version" $PreviousVersion
  ${If} $Current == ""
  ${OrIfNot} ${FileExists} "$INSTDIR\versions\$Current\manifest.json"
    ; Nothing of ours that could run: another's current.ini, or a version whose folder is gone.
    StrCpy $Current ""
    StrCpy $OldVersion ""
  ${EndIf}
  ${If} $Previous != ""
  ${AndIfNot} ${FileExists} "$INSTDIR\versions\$Previous\python3*.dll"
    StrCpy $Previous ""
  ${EndIf}
  ; The version to go back to is the last one that has started.
  ${If} $Previous == ""
  ${OrIf} ${FileExists} "$INSTDIR\versions\$Current\started"
    StrCpy $Previous $Current
    StrCpy $PreviousVersion $OldVersion
  ${EndIf}
  ClearErrors
FunctionEnd

; $0: why this version cannot follow what is installed, empty when it can.
Function DowngradeFault
  StrCpy $0 ""
  ${If} $OldVersion != ""
    ${VersionCompare} "${VERSION}" "$OldVersion" $0
    ${If} $0 = 2
      StrCpy $0 "${SAY_DOWNGRADE}"
    ${Else}
      StrCpy $0 ""
    ${EndIf}
  ${EndIf}
FunctionEnd

; $Name: a folder of versions\ that is not there yet. The same version again is a repair: it is laid anew.
Function ChooseName
  Push $0
  StrCpy $Name "${VERSION}"
  StrCpy $0 1
  ${While} ${FileExists} "$INSTDIR\versions\$Name\*.*"
    IntOp $0 $0 + 1
    StrCpy $Name "${VERSION}-$0"
  ${EndWhile}
  Pop $0
FunctionEnd

; $0: 1 when everything in $INSTDIR is what an installation that broke off, or an uninstaller that was held up, may have left
; there. An entry of versions\ is ours when it holds manifest.json, the first file that is laid and the last that goes.
Function OnlyOurs
  Push $1
  Push $2
  Push $3
  StrCpy $0 1
  FindFirst $1 $2 "$INSTDIR\*"
  ${While} $2 != ""
    ${Select} $2
      ${Case} "."
      ${Case} ".."
      ${Case} "versions"
      ${Case} "lantian.exe"
      ${Case} "lantian.exe.new"
      ${Case} "lantian.exe.old"
      ${Case} "lantian-cli.exe"
      ${Case} "lantian-cli.exe.new"
      ${Case} "lantian-cli.exe.old"
      ${Case} "current.ini"
      ${Case} "current.ini.new"
      ${Case} "uninstall.exe"
      ${Case} "uninstall.exe.new"
      ${Case} "uninstall.exe.old"
      ${Default}
        StrCpy $0 0
    ${EndSelect}
    FindNext $1 $2
  ${EndWhile}
  FindClose $1
  FindFirst $1 $2 "$INSTDIR\versions\*"
  ${While} $2 != ""
    ${If} $2 != "."
    ${AndIf} $2 != ".."
    ${AndIfNot} ${FileExists} "$INSTDIR\versions\$2\manifest.json"
      ; Empty (0): made, and cut off before its first file.
      ${DirState} "$INSTDIR\versions\$2" $3
      ${If} $3 <> 0
        StrCpy $0 0
      ${EndIf}
    ${EndIf}
    FindNext $1 $2
  ${EndWhile}
  FindClose $1
  ClearErrors
  Pop $3
  Pop $2
  Pop $1
FunctionEnd

; $0: why nothing can be installed into $INSTDIR, empty when it can; $1: the exit code.
Function FolderFault
  Push $2
  Push $3
  StrCpy $0 ""
  StrCpy $1 ${EXIT_FOLDER}
  StrLen $2 $INSTDIR
  ${If} $2 > ${MOST_FOLDER_LETTERS}
    StrCpy $0 "${SAY_TOO_LONG}"
    Goto done
  ${EndIf}
  ${If} $Current == ""
    ${DirState} "$INSTDIR" $2
    ${If} $2 = 1
      Call OnlyOurs
      ${If} $0 = 0
        StrCpy $0 "${SAY_NOT_EMPTY}"
        Goto done
      ${EndIf}
      StrCpy $0 ""
    ${EndIf}
  ${EndIf}
  Call MeasureFree
  ${If} $FreeMB == ""
    StrCpy $0 "${SAY_NOT_WRITABLE}"
    Goto done
  ${EndIf}
  ${If} $FreeMB < ${NEEDED_MB}
    StrCpy $0 "${SAY_NO_SPACE}"
    StrCpy $1 ${EXIT_NO_SPACE}
    Goto done
  ${EndIf}
  ; Made and taken away again: whether it can be written to, nothing else tells.
  StrCpy $3 "new"
  IfFileExists "$INSTDIR\*.*" 0 +2
    StrCpy $3 ""
  ClearErrors
  CreateDirectory "$INSTDIR"
  FileOpen $2 "$INSTDIR\write.test" w
  ${If} ${Errors}
    StrCpy $0 "${SAY_NOT_WRITABLE}"
  ${Else}
    FileClose $2
    Delete "$INSTDIR\write.test"
  ${EndIf}
  ${If} $3 == "new"
    RMDir "$INSTDIR"
  ${EndIf}
  done:
  ClearErrors
  Pop $3
  Pop $2
FunctionEnd

; $FreeMB: free space for this user where $INSTDIR lies; empty when there is no such drive. Asked of the deepest folder that is
; there: a folder may be a drive of its own.
Function MeasureFree
  Push $0
  Push $1
  StrCpy $0 $INSTDIR
  ${DoUntil} ${FileExists} "$0\*.*"
    ${GetParent} $0 $1
    ${If} $1 == ""
      ${ExitDo}
    ${EndIf}
    StrCpy $0 $1
  ${Loop}
  StrCpy $1 0
  System::Call 'kernel32::GetDiskFreeSpaceExW(w "$0\", *l .r1, p 0, p 0) i .r0'
  StrCpy $FreeMB ""
  ${If} $0 = 0
    Pop $1
    Pop $0
    Return
  ${EndIf}
  System::Int64Op $1 / 1048576
  Pop $FreeMB
  ; More than a thousand million megabytes is as good as that.
  System::Int64Op $FreeMB > 1000000000
  Pop $1
  ${If} $1 = 1
    StrCpy $FreeMB 1000000000
  ${EndIf}
  Pop $1
  Pop $0
FunctionEnd

; $1: 1 when the drive of $INSTDIR is all but full.
Function AskScarce
  Call MeasureFree
  StrCpy $1 0
  ${If} $FreeMB != ""
  ${AndIf} $FreeMB < ${SCARCE_MB}
    StrCpy $1 1
  ${EndIf}
FunctionEnd
