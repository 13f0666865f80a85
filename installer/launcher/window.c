/* See window.h. */
#include "window.h"

static BOOL CALLBACK look_for_dialog(HWND window, LPARAM found) {
    if (IsWindowVisible(window) && !IsWindowEnabled(window)) *(BOOL *)found = TRUE;
    return TRUE;
}

static BOOL CALLBACK close_main_window(HWND window, LPARAM control) {
    BOOL is_main = GetWindow(window, GW_OWNER) == NULL && (GetWindowLongW(window, GWL_STYLE) & WS_CAPTION) == WS_CAPTION;
    if (window != (HWND)control && is_main && IsWindowVisible(window)) PostMessageW(window, WM_CLOSE, 0, 0);
    return TRUE;
}

static LRESULT CALLBACK answer(HWND window, UINT message, WPARAM w, LPARAM l) {
    BOOL is_dialog_open = FALSE;
    if (message != WM_CLOSE) return DefWindowProcW(window, message, w, l);
    EnumThreadWindows(GetCurrentThreadId(), look_for_dialog, (LPARAM)&is_dialog_open);
    if (!is_dialog_open) EnumThreadWindows(GetCurrentThreadId(), close_main_window, (LPARAM)window);
    return 0;
}

void make_control_window(void) {
    WNDCLASSW control = {.lpfnWndProc = answer, .hInstance = GetModuleHandleW(NULL), .lpszClassName = CONTROL_CLASS};
    RegisterClassW(&control);
    CreateWindowExW(0, CONTROL_CLASS, L"", 0, 0, 0, 0, 0, NULL, NULL, control.hInstance, NULL);
}
