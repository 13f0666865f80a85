; Versions lie beside each other in versions\; current.ini names the one that runs. See installer/README.md.

!macro READ_CURRENT key variable
  ReadINIStr ${variable} "$INSTDIR\current.ini" "lantian" "${key}"
!macroend

; An entry of versions\ is ours when it holds manifest.json, the first file that is laid and the last that goes.
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

; $0: 1 when everything in $INSTDIR is what an installation that broke off may have left there.
Function OnlyOurs
  Push $1
  Push $2
  StrCpy $0 1
  FindFirst $1 $2 "$INSTDIR\*"
  ${While} $2 != ""
    ${Select} $2
      ${Case} "."
      ${Case} ".."
      ${Case} "versions"
      ${Case} "lantian.exe"
      ${Case} "lantian.exe.new"
      ${Case} "lantian-cli.exe"
      ${Case} "lantian-cli.exe.new"
      ${Case} "current.ini"
      ${Case} "current.ini.new"
      ${Case} "uninstall.exe"
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
      StrCpy $0 0
    ${EndIf}
    FindNext $1 $2
  ${EndWhile}
  FindClose $1
  ClearErrors
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

; $FreeMB: free space of the drive of $INSTDIR for this user; empty when there is no such drive.
Function MeasureFree
  Push $0
  Push $1
  ${GetRoot} "$INSTDIR" $0
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

; Runs the new version's interpreter: compiles every module, then imports all that loads a library. $0: "" or what failed.
Function PrepareVersion
  Push $1
  StrCpy $0 ""
  DetailPrint "${SAY_COMPILING}"
  nsExec::ExecToStack /TIMEOUT=900000 '"$INSTDIR\versions\$Name\python.exe" -I -m compileall -q --invalidation-mode unchecked-hash "$INSTDIR\versions\$Name\app\desktop" "$INSTDIR\versions\$Name\site"'
  Pop $1
  Pop $0
  ${Log} "compiled: exit $1 $0"
  ; A module that cannot be compiled shows in the probe if it matters; here only an interpreter that does not run does.
  DetailPrint "${SAY_PROBING}"
  nsExec::ExecToStack /TIMEOUT=180000 '"$INSTDIR\versions\$Name\python.exe" -I -X utf8 "$INSTDIR\versions\$Name\probe.py"'
  Pop $1
  Pop $0
  ${Log} "probed: exit $1 $0"
  ${If} $1 == "0"
    StrCpy $0 ""
  ${Else}
    StrCpy $0 "probe exit $1"
  ${EndIf}
  Pop $1
FunctionEnd

; Moves $INSTDIR\$0.new over $INSTDIR\$0, durably. Scanners hold a fresh file for a moment: tried for some seconds. An
; exe that runs cannot be written over, but renamed; nothing else is. $1: 0 when it could not be done, and all is as it was.
Function PutInPlace
  Push $2
  Push $3
  StrCpy $1 0
  ${IfNot} ${FileExists} "$INSTDIR\$0.new"
    Goto done
  ${EndIf}
  FileOpen $2 "$INSTDIR\$0.new" a
  System::Call 'kernel32::FlushFileBuffers(p r2)'
  FileClose $2
  Call MoveOver
  ${If} $1 <> 0
  ${OrIf} $0 == "current.ini"
  ${OrIfNot} ${FileExists} "$INSTDIR\$0"
    Goto done
  ${EndIf}
  Delete "$INSTDIR\$0.old"
  ClearErrors
  Rename "$INSTDIR\$0" "$INSTDIR\$0.old"
  ${If} ${Errors}
    Goto done
  ${EndIf}
  Call MoveOver
  ${If} $1 <> 0
    Delete "$INSTDIR\$0.old"
  ${Else}
    Rename "$INSTDIR\$0.old" "$INSTDIR\$0"
  ${EndIf}
  done:
  ClearErrors
  Pop $3
  Pop $2
FunctionEnd

; One move with write-through, tried for five seconds. $1: 0 when it could not be done.
Function MoveOver
  Push $2
  StrCpy $2 0
  ${Do}
    System::Call 'kernel32::MoveFileExW(w "$INSTDIR\$0.new", w "$INSTDIR\$0", i 9) i .r1'
    ${If} $1 <> 0
      ${ExitDo}
    ${EndIf}
    Sleep 200
    IntOp $2 $2 + 1
  ${LoopUntil} $2 >= 25
  Pop $2
FunctionEnd

; Lays the launcher $0, $2 bytes long, in place of the old one. $1: 0 when it could not be done.
Function PutLauncher
  Push $3
  Push $4
  StrCpy $1 0
  ClearErrors
  FileOpen $3 "$INSTDIR\$0.new" r
  ${IfNot} ${Errors}
    FileSeek $3 0 END $4
    FileClose $3
    ${If} $4 = $2
      Call PutInPlace
    ${EndIf}
  ${EndIf}
  ClearErrors
  Pop $4
  Pop $3
FunctionEnd

; The one step that makes the new version the one that runs: before it the old one is whole, after it the new one.
; $1: 0 when it could not be done.
Function SwitchOver
  Push $2
  DetailPrint "${SAY_SWITCHING}"
  FileOpen $2 "$INSTDIR\current.ini.new" w
  FileWrite $2 "[lantian]$\r$\ncurrent=$Name$\r$\nversion=${VERSION}$\r$\n"
  ${If} $Previous != ""
    FileWrite $2 "previous=$Previous$\r$\nprevious_version=$PreviousVersion$\r$\n"
  ${EndIf}
  FileClose $2
  ; A disk that is full, or a scanner that took it away, shows here.
  ReadINIStr $2 "$INSTDIR\current.ini.new" "lantian" "version"
  StrCpy $1 0
  ${If} $2 == "${VERSION}"
    StrCpy $0 "current.ini"
    Call PutInPlace
  ${EndIf}
  Pop $2
FunctionEnd

; What neither runs nor may have to come back: versions before the last, and what an installation that broke off left.
; What is not ours stays.
Function RemoveOthers
  Push $0
  Push $1
  FindFirst $0 $1 "$INSTDIR\versions\*"
  ${While} $1 != ""
    ${If} $1 != "."
    ${AndIf} $1 != ".."
    ${AndIf} $1 != $Name
    ${AndIf} $1 != $Previous
      !insertmacro REMOVE_VERSION "$INSTDIR\versions\$1"
    ${EndIf}
    FindNext $0 $1
  ${EndWhile}
  FindClose $0
  ClearErrors
  Pop $1
  Pop $0
FunctionEnd
