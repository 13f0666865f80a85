/* Reading and changing current.ini; see versions.h. */
#include "versions.h"

#include <stdio.h>
#include <string.h>
#include <wchar.h>

#define UNINSTALL_KEY L"Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\LantianJibao"
#define OWN_KEY L"Software\\LantianJibao"

static BOOL is_name(const char *text) {
    if (!*text || strlen(text) >= NAME_ROOM || text[0] == '.') return FALSE;
    return text[strspn(text, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-_")] == 0;
}

static void take(const char *line, const char *key, wchar_t *value) {
    size_t length = strlen(key);
    if (strncmp(line, key, length) || line[length] != '=' || !is_name(line + length + 1)) return;
    MultiByteToWideChar(CP_ACP, 0, line + length + 1, -1, value, NAME_ROOM);
}

BOOL read_versions(Versions *versions) {
    wchar_t path[PATH_ROOM], *end;
    char line[256];
    memset(versions, 0, sizeof *versions);
    if (!GetModuleFileNameW(NULL, versions->root, PATH_ROOM)) return FALSE;
    end = wcsrchr(versions->root, L'\\');
    if (!end) return FALSE;
    *end = 0;
    _snwprintf(path, PATH_ROOM, L"%ls\\current.ini", versions->root);
    FILE *file = _wfopen(path, L"rb");
    if (!file) return FALSE;
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\r\n")] = 0;
        take(line, "current", versions->current);
        take(line, "version", versions->version);
        take(line, "previous", versions->previous);
        take(line, "previous_version", versions->previous_version);
    }
    fclose(file);
    return versions->current[0] != 0;
}

/* A power cut leaves the old file or the new one. */
static BOOL write_versions(const Versions *versions) {
    wchar_t new[PATH_ROOM], path[PATH_ROOM];
    char text[512];
    DWORD written = 0;
    int length = snprintf(text, sizeof text, "[lantian]\r\ncurrent=%ls\r\nversion=%ls\r\n", versions->current,
                          versions->version);
    if (length < 0 || length >= (int)sizeof text) return FALSE;
    _snwprintf(path, PATH_ROOM, L"%ls\\current.ini", versions->root);
    _snwprintf(new, PATH_ROOM, L"%ls\\current.ini.new", versions->root);
    HANDLE file = CreateFileW(new, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    if (file == INVALID_HANDLE_VALUE) return FALSE;
    BOOL done = WriteFile(file, text, (DWORD)length, &written, NULL) && written == (DWORD)length;
    done = FlushFileBuffers(file) && done;
    CloseHandle(file);
    /* A scanner may hold the fresh file for a moment. */
    for (int tries = 0; done && tries < 25; tries++) {
        if (MoveFileExW(new, path, MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH)) return TRUE;
        Sleep(200);
    }
    return FALSE;
}

BOOL keep_only_current(Versions *versions) {
    versions->previous[0] = versions->previous_version[0] = 0;
    return write_versions(versions);
}

static void tell_version(const wchar_t *key, const wchar_t *name, const wchar_t *version) {
    HKEY opened;
    if (RegOpenKeyExW(HKEY_CURRENT_USER, key, 0, KEY_SET_VALUE, &opened)) return;
    RegSetValueExW(opened, name, 0, REG_SZ, (const BYTE *)version, (DWORD)((wcslen(version) + 1) * sizeof *version));
    RegCloseKey(opened);
}

BOOL return_to_previous(Versions *versions) {
    wcscpy(versions->current, versions->previous);
    wcscpy(versions->version, versions->previous_version);
    if (!keep_only_current(versions)) return FALSE;
    tell_version(UNINSTALL_KEY, L"DisplayVersion", versions->version);
    tell_version(OWN_KEY, L"Version", versions->version);
    return TRUE;
}

void version_path(const Versions *versions, const wchar_t *folder, const wchar_t *name, wchar_t *path) {
    _snwprintf(path, PATH_ROOM, *name ? L"%ls\\versions\\%ls\\%ls" : L"%ls\\versions\\%ls", versions->root, folder, name);
    path[PATH_ROOM - 1] = 0;
}

static void remove_tree(const wchar_t *folder) {
    WIN32_FIND_DATAW found;
    wchar_t *path = HeapAlloc(GetProcessHeap(), 0, PATH_ROOM * sizeof *path);
    if (!path) return;
    _snwprintf(path, PATH_ROOM, L"%ls\\*", folder);
    HANDLE search = FindFirstFileW(path, &found);
    if (search != INVALID_HANDLE_VALUE) {
        do {
            if (!wcscmp(found.cFileName, L".") || !wcscmp(found.cFileName, L"..")) continue;
            _snwprintf(path, PATH_ROOM, L"%ls\\%ls", folder, found.cFileName);
            if (!(found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY)) {
                SetFileAttributesW(path, FILE_ATTRIBUTE_NORMAL);
                DeleteFileW(path);
            } else if (found.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) {
                RemoveDirectoryW(path);
            } else {
                remove_tree(path);
            }
        } while (FindNextFileW(search, &found));
        FindClose(search);
    }
    RemoveDirectoryW(folder);
    HeapFree(GetProcessHeap(), 0, path);
}

#define MARK L"manifest.json"

void hold_version(const Versions *versions, const wchar_t *folder) {
    wchar_t path[PATH_ROOM];
    version_path(versions, folder, MARK, path);
    /* Never closed: without FILE_SHARE_DELETE nobody can rename or remove it. */
    CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
}

BOOL remove_version(const Versions *versions, const wchar_t *folder) {
    static const wchar_t *parts[] = {L"app", L"site", L"licenses"};
    wchar_t path[PATH_ROOM];
    if (!*folder) return FALSE;
    version_path(versions, folder, MARK, path);
    HANDLE mark = CreateFileW(path, DELETE, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING, 0, NULL);
    if (mark == INVALID_HANDLE_VALUE) return FALSE;
    CloseHandle(mark);
    /* The mark goes after these: what is broken off here is known as ours by the next setup. */
    for (int i = 0; i < 3; i++) {
        version_path(versions, folder, parts[i], path);
        remove_tree(path);
    }
    version_path(versions, folder, L"", path);
    remove_tree(path);
    return TRUE;
}

BOOL find_interpreter(const Versions *versions, const wchar_t *folder, wchar_t *name) {
    WIN32_FIND_DATAW found;
    wchar_t pattern[PATH_ROOM];
    BOOL is_found = FALSE;
    version_path(versions, folder, L"python3*.dll", pattern);
    HANDLE search = FindFirstFileW(pattern, &found);
    if (search == INVALID_HANDLE_VALUE) return FALSE;
    do {
        /* python3.dll only forwards to the one that is looked for. */
        if (_wcsicmp(found.cFileName, L"python3.dll")) {
            wcsncpy(name, found.cFileName, NAME_ROOM - 1);
            is_found = TRUE;
        }
    } while (!is_found && FindNextFileW(search, &found));
    FindClose(search);
    return is_found;
}
