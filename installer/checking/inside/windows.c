/* TEST-ONLY, runs inside Wine: what windows there are, what stands in them, and words typed as an input method gives them.
 *
 * list                every visible top window: handle, process, class, title, left, top, width, height
 * texts HANDLE        the words of the window's controls, one a line
 * close HANDLE        a click on its cross
 * front HANDLE        before all others, with the focus
 * type WORDS          into what has the focus, sign by sign (VK_PACKET)
 * open FILE           as a double click does
 */
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>
#include <windows.h>

#include <shellapi.h>

static void put(const wchar_t *text) {
    char bytes[4096];
    if (!WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, sizeof bytes, NULL, NULL)) return;
    for (char *c = bytes; *c; c++)
        if (*c == '\t' || *c == '\r' || *c == '\n') *c = ' ';
    fputs(bytes, stdout);
}

static BOOL CALLBACK tell(HWND window, LPARAM unused) {
    wchar_t text[1024] = L"", kind[256] = L"";
    RECT at;
    DWORD process = 0;
    (void)unused;
    if (!IsWindowVisible(window)) return TRUE;
    GetWindowTextW(window, text, 1024);
    GetClassNameW(window, kind, 256);
    GetWindowRect(window, &at);
    GetWindowThreadProcessId(window, &process);
    printf("%llu\t%lu\t", (unsigned long long)(ULONG_PTR)window, (unsigned long)process);
    put(kind);
    putchar('\t');
    put(text);
    printf("\t%ld\t%ld\t%ld\t%ld\n", (long)at.left, (long)at.top, (long)(at.right - at.left), (long)(at.bottom - at.top));
    return TRUE;
}

static BOOL CALLBACK tell_text(HWND window, LPARAM unused) {
    wchar_t text[4096] = L"";
    (void)unused;
    if (IsWindowVisible(window) && SendMessageTimeoutW(window, WM_GETTEXT, 4096, (LPARAM)text, SMTO_ABORTIFHUNG, 2000, NULL) && *text) {
        put(text);
        putchar('\n');
    }
    return TRUE;
}

static void type(const wchar_t *words) {
    for (; *words; words++) {
        INPUT keys[2] = {0};
        for (int i = 0; i < 2; i++) {
            keys[i].type = INPUT_KEYBOARD;
            keys[i].ki.wScan = *words;
            keys[i].ki.dwFlags = KEYEVENTF_UNICODE | (i ? KEYEVENTF_KEYUP : 0);
        }
        SendInput(2, keys, sizeof *keys);
        Sleep(20);
    }
}

int wmain(int count, wchar_t **words) {
    HWND window = count > 2 ? (HWND)(ULONG_PTR)wcstoull(words[2], NULL, 10) : NULL;
    if (count > 1 && !wcscmp(words[1], L"list")) return EnumWindows(tell, 0) ? 0 : 1;
    if (count < 3) return 2;
    if (!wcscmp(words[1], L"texts")) EnumChildWindows(window, tell_text, 0);
    else if (!wcscmp(words[1], L"close")) return PostMessageW(window, WM_CLOSE, 0, 0) ? 0 : 1;
    else if (!wcscmp(words[1], L"front")) return SetForegroundWindow(window) ? 0 : 1;
    else if (!wcscmp(words[1], L"type")) type(words[2]);
    else if (!wcscmp(words[1], L"open")) return (INT_PTR)ShellExecuteW(NULL, NULL, words[2], NULL, NULL, SW_SHOWNORMAL) > 32 ? 0 : 1;
    else return 2;
    return 0;
}
