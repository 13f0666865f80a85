/* The program's own exe: starts the installed version's interpreter in this process.
 *
 * Built twice: lantian.exe for windows, lantian-cli.exe (CONSOLE) for commands. While a new version has not started
 * yet, lantian.exe starts itself as a child and watches it: once the child says that it runs, the old version goes;
 * when the child fails, the old version comes back.
 */
#include "versions.h"
#include "window.h"

#include <shellapi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define TRIAL L"LANTIAN_TRIAL"
#define TITLE L"蓝天季报"
#define NOT_STARTED 120

typedef int (*PythonMain)(int, wchar_t **);

static Versions versions;

static void say(const wchar_t *text) {
#ifdef CONSOLE
    char line[4096];
    DWORD mode, written;
    HANDLE error = GetStdHandle(STD_ERROR_HANDLE);
    if (GetConsoleMode(error, &mode)) {
        WriteConsoleW(error, text, (DWORD)wcslen(text), &written, NULL);
        WriteConsoleW(error, L"\r\n", 2, &written, NULL);
    } else if (WideCharToMultiByte(CP_UTF8, 0, text, -1, line, sizeof line - 2, NULL, NULL)) {
        strcat(line, "\r\n");
        WriteFile(error, line, (DWORD)strlen(line), &written, NULL);
    }
#else
    MessageBoxW(NULL, text, TITLE, MB_OK | MB_ICONWARNING | MB_SETFOREGROUND);
#endif
}

static BOOL on_trial(void) { return GetEnvironmentVariableW(TRIAL, NULL, 0) != 0; }

static int incomplete(const wchar_t *what) {
    wchar_t text[1024];
    if (on_trial()) return NOT_STARTED;
    _snwprintf(text, 1024,
               L"蓝天季报的程序文件不完整：%ls。\n\n工作区和已填写的内容不受影响。请用安装包重新安装一次；"
               L"装好以后还是这样，请把这句话告诉信息中心。",
               what);
    text[1023] = 0;
    say(text);
    return NOT_STARTED;
}

#ifndef CONSOLE
static BOOL opens_window(int count, wchar_t **arguments) {
    size_t length = count > 1 ? wcslen(arguments[1]) : 0;
    if (count == 1 || !wcsncmp(arguments[1], L"--workspace", 11)) return TRUE;
    return length > 4 && !_wcsicmp(arguments[1] + length - 4, L".jbx");
}
#endif

static int run_version(int count, wchar_t **arguments) {
    wchar_t path[PATH_ROOM], name[NAME_ROOM] = L"";
    if (!find_interpreter(&versions, versions.current, name)) return incomplete(L"缺少 Python 解释器");
    version_path(&versions, versions.current, name, path);
    HMODULE python = LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    PythonMain run = python ? (PythonMain)(void *)GetProcAddress(python, "Py_Main") : NULL;
    if (!run) return incomplete(name);
    version_path(&versions, versions.current, L"python3.dll", path);
    LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    hold_version(&versions, versions.current);
    static wchar_t *const ahead[] = {L"-I", L"-X", L"utf8", L"-m", L"desktop"};
    enum { AHEAD = sizeof ahead / sizeof *ahead };
    wchar_t **given = calloc((size_t)count + AHEAD + 1, sizeof *given);
    if (!given) return NOT_STARTED;
    given[0] = arguments[0];
    for (int i = 0; i < AHEAD; i++) given[i + 1] = ahead[i];
    for (int i = 1; i < count; i++) given[i + AHEAD] = arguments[i];
#ifndef CONSOLE
    if (opens_window(count, arguments)) {
        make_control_window();
        /* The program that already runs may come to the front when it is handed a file. */
        AllowSetForegroundWindow(ASFW_ANY);
    }
#endif
    int status = run(count + AHEAD, given);
#ifndef CONSOLE
    if (status && opens_window(count, arguments) && !on_trial())
        say(L"蓝天季报没能启动，或者出错退出了。已保存的内容不受影响。\n\n请再打开一次；还是这样，请把日志交给信息中心："
            L"按 Win+R，输入 %LOCALAPPDATA%\\LantianJibao，里面的 lantian.log。");
#endif
    return status;
}

#ifndef CONSOLE
static BOOL is_started(void) {
    wchar_t path[PATH_ROOM];
    version_path(&versions, versions.current, L"started", path);
    return GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES;
}

static HANDLE start_again(const wchar_t *trial) {
    wchar_t path[PATH_ROOM], *line = _wcsdup(GetCommandLineW());
    STARTUPINFOW start = {.cb = sizeof start};
    PROCESS_INFORMATION made;
    GetModuleFileNameW(NULL, path, PATH_ROOM);
    SetEnvironmentVariableW(TRIAL, trial);
    BOOL done = line && CreateProcessW(path, line, NULL, NULL, FALSE, 0, NULL, NULL, &start, &made);
    free(line);
    if (!done) return NULL;
    CloseHandle(made.hThread);
    AllowSetForegroundWindow(made.dwProcessId);
    return made.hProcess;
}

/* While a program still runs from the version before, it stays, and is asked for again at the next start. */
static void drop_previous(void) {
    wchar_t path[PATH_ROOM];
    version_path(&versions, versions.previous, L"", path);
    if (remove_version(&versions, versions.previous) || GetFileAttributesW(path) == INVALID_FILE_ATTRIBUTES)
        keep_only_current(&versions);
}

static int fall_back(void) {
    wchar_t failed[NAME_ROOM], failed_version[NAME_ROOM], text[1024];
    if (!find_interpreter(&versions, versions.previous, text)) return incomplete(L"新版本没能启动，旧版本也不完整");
    wcscpy(failed, versions.current);
    wcscpy(failed_version, versions.version);
    if (!return_to_previous(&versions)) return incomplete(L"新版本没能启动，旧版本也换不回来");
    _snwprintf(text, 1024,
               L"新装的 %ls 版没能启动，已经换回原来的 %ls 版，工作区和已填写的内容没有变化。\n\n"
               L"请把日志交给信息中心：按 Win+R，输入 %%LOCALAPPDATA%%\\LantianJibao，里面的 lantian.log。",
               failed_version, versions.version);
    text[1023] = 0;
    say(text);
    HANDLE child = start_again(NULL);
    if (child) CloseHandle(child);
    (void)remove_version(&versions, failed);
    return child ? 0 : NOT_STARTED;
}

/* The new version's first start: watched until it says that it runs, or ends. */
static int try_new_version(void) {
    DWORD status = STILL_ACTIVE;
    HANDLE child = start_again(L"1");
    if (!child) return incomplete(L"不能启动新版本");
    while (WaitForSingleObject(child, 200) == WAIT_TIMEOUT && !is_started()) continue;
    GetExitCodeProcess(child, &status);
    CloseHandle(child);
    if (is_started()) {
        drop_previous();
        return 0;
    }
    return status ? fall_back() : 0;
}
#endif

static int start(int count, wchar_t **arguments) {
    SetDllDirectoryW(L"");
    if (!read_versions(&versions)) return incomplete(L"缺少 current.ini");
#ifndef CONSOLE
    if (versions.previous[0] && !on_trial() && opens_window(count, arguments)) {
        if (!is_started()) return try_new_version();
        drop_previous();
    }
#endif
    return run_version(count, arguments);
}

#ifdef CONSOLE
int wmain(int count, wchar_t **arguments) { return start(count, arguments); }
#else
int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, LPWSTR line, int show) {
    int count = 0;
    (void)instance, (void)before, (void)line, (void)show;
    wchar_t **arguments = CommandLineToArgvW(GetCommandLineW(), &count);
    return arguments ? start(count, arguments) : NOT_STARTED;
}
#endif
