; What Windows knows of the program: shortcuts, file type, the list of installed programs.

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
  ; What Windows would write half a minute later, and a power cut until then would lose: keys and shortcuts.
  System::Call 'advapi32::RegFlushKey(p 0x80000001)'
  StrCpy $0 "$SMPROGRAMS\${NAME}.lnk"
  Call FlushFile
  StrCpy $0 "$DESKTOP\${NAME}.lnk"
  Call FlushFile
  ; SHCNE_ASSOCCHANGED: the desktop draws the files' icons anew.
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
FunctionEnd
