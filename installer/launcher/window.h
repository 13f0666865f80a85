/* An invisible window by which setup finds the running program and asks it to close. */
#ifndef LANTIAN_WINDOW_H
#define LANTIAN_WINDOW_H

#include <windows.h>

#define CONTROL_CLASS L"LantianJibaoControl"

/* Made in the main thread, so that the program's own event loop serves it. It lives as long as the process.
 * WM_CLOSE to it closes the program's windows as a click on their cross does (what was typed is saved). While a dialog is
 * open, the windows behind it are disabled and nothing is closed: what stands in the dialog would be lost. */
void make_control_window(void);

#endif
