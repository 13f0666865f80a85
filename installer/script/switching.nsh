; The new version takes the place of the old one, or of nothing.

; Moves $INSTDIR\$0.new over $INSTDIR\$0, durably. Scanners hold a fresh file for a moment: tried for some seconds. An
; exe that runs cannot be written over, but renamed; nothing else is. $1: 0 when it could not be done, and all is as it was.
Function PutInPlace
  Push $2
  Push $3
  StrCpy $1 0
  ${IfNot} ${FileExists} "$INSTDIR\$0.new"
    Goto done
  ${EndIf}
  StrCpy $3 $0
  StrCpy $0 "$INSTDIR\$0.new"
  Call FlushFile
  StrCpy $0 $3
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

; The launchers and the uninstaller come from $INSTDIR\*.new. $1: 0 when one could not be put in place.
Function PutPrograms
  Push $0
  Push $2
  StrCpy $0 "uninstall.exe"
  StrCpy $2 ${UNINSTALLER_SIZE}
  Call PutProgram
  ${If} $1 <> 0
    StrCpy $0 "lantian-cli.exe"
    StrCpy $2 ${CLI_SIZE}
    Call PutProgram
  ${EndIf}
  ${If} $1 <> 0
    StrCpy $0 "lantian.exe"
    StrCpy $2 ${LAUNCHER_SIZE}
    Call PutProgram
  ${EndIf}
  Pop $2
  Pop $0
FunctionEnd

; Lays $0, $2 bytes long, in place of the old one; a scanner may have taken it away. $1: 0 when it could not be done.
Function PutProgram
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

; The old version is as it was, and of the new one nothing is left.
Function UndoInstallation
  SetOutPath "$TEMP"
  ; Before a name is chosen nothing of ours is there.
  ${If} $IsSwitched <> 1
  ${AndIf} $Name != ""
    !insertmacro REMOVE_VERSION "$INSTDIR\versions\$Name"
    Delete "$INSTDIR\uninstall.exe.new"
    Delete "$INSTDIR\lantian.exe.new"
    Delete "$INSTDIR\lantian-cli.exe.new"
    Delete "$INSTDIR\current.ini.new"
    ${If} $Current == ""
      Delete "$INSTDIR\uninstall.exe"
      Delete "$INSTDIR\lantian.exe"
      Delete "$INSTDIR\lantian-cli.exe"
    ${EndIf}
    RMDir "$INSTDIR\versions"
    RMDir "$INSTDIR"
  ${EndIf}
FunctionEnd
