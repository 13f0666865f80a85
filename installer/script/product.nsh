; What setup and the uninstaller have in common as programs: both are made by makensis, each from a script of its own.
Unicode true
Target amd64-unicode
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
!include nsDialogs.nsh
!include "sentences.nsh"
!include "common.nsh"

Name "${NAME}"
BrandingText "${NAME} ${VERSION}"
OutFile "${OUT}"
ShowInstDetails nevershow
ShowUninstDetails nevershow

VIProductVersion "${VERSION_4}"
VIFileVersion "${VERSION_4}"

!define MUI_ICON "${WORK}/app.ico"
!define MUI_UNICON "${WORK}/app.ico"

; The language comes first: what is said of the file is said in it.
!macro SPEAK description
  !insertmacro MUI_LANGUAGE "SimpChinese"
  VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "ProductName" "${NAME}"
  VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "ProductVersion" "${VERSION}"
  VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "FileVersion" "${VERSION}"
  VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "FileDescription" "${NAME} ${VERSION} ${description}"
  VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "CompanyName" "${PUBLISHER}"
  VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "LegalCopyright" "Copyright (c) 2026 ${PUBLISHER}, MIT"
!macroend
