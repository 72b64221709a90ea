/*
 * Tests of WPUPostMessage and WSApSetPostRoutine
 *
 * Copyright 2026 the winelsp authors
 *
 * This library is free software; you can redistribute it and/or
 * modify it under the terms of the GNU Lesser General Public
 * License as published by the Free Software Foundation; either
 * version 2.1 of the License, or (at your option) any later version.
 *
 * This library is distributed in the hope that it will be useful,
 * but WITHOUT ANY WARRANTY; without even the implied warranty of
 * MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the GNU
 * Lesser General Public License for more details.
 *
 * You should have received a copy of the GNU Lesser General Public
 * License along with this library; if not, write to the Free Software
 * Foundation, Inc., 51 Franklin St, Fifth Floor, Boston, MA 02110-1301, USA
 */

#include "util_probe.h"
#include "winuser.h"

/* Exported by every Windows, but declared in no header. */
int WINAPI WSApSetPostRoutine( LPWPUPOSTMESSAGE routine );

#define WPARAM_BITS ((WPARAM)(((ULONGLONG)0xfedcba98 << 32) | 0x76543210))
#define LPARAM_BITS ((LPARAM)(((ULONGLONG)0x89abcdef << 32) | 0xfedcba98))

static HWND window;
static DWORD window_thread;

static void make_window(void)
{
    window = CreateWindowExW( 0, L"Static", NULL, 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL );
    ok( window != NULL, "CreateWindowEx failed, error %lu.\n", GetLastError() );
    window_thread = GetCurrentThreadId();
}

static void check_message( UINT code )
{
    MSG msg;

    ok( PeekMessageW( &msg, window, code, code, PM_REMOVE ), "There is no message %#x.\n", code );
    ok( msg.wParam == WPARAM_BITS && msg.lParam == LPARAM_BITS, "Got %#Ix, %#Ix.\n", msg.wParam, msg.lParam );
    ok( !PeekMessageW( &msg, window, code, code, PM_REMOVE ), "Message %#x was posted twice.\n", code );
}

/* The message goes to the queue of the window's thread, with whole parameters, and nobody waits until it is handled
 * (§4.13). There is no lpErrno: a failure has user32's last error, and success leaves it alone. */
static void CDECL probe_post( enum testlsp_context context, const WSPUPCALLTABLE *upcalls, DWORD catalog_id )
{
    (void)catalog_id;
    SetLastError( 0xbeef );
    ok( upcalls->lpWPUPostMessage( window, WM_USER + context, WPARAM_BITS, LPARAM_BITS ),
        "WPUPostMessage failed, error %lu.\n", GetLastError() );
    ok( GetLastError() == 0xbeef, "The last error became %lu.\n", GetLastError() );
    if (GetCurrentThreadId() == window_thread) check_message( WM_USER + context );

    SetLastError( 0xbeef );
    ok( !upcalls->lpWPUPostMessage( (HWND)0x1234dead, WM_USER, 0, 0 ), "It succeeded without a window.\n" );
    ok( GetLastError() == ERROR_INVALID_WINDOW_HANDLE, "Got error %lu.\n", GetLastError() );
}

static void test_post(void)
{
    make_window();
    run_probe( LAYER_IFS, probe_post );
    check_message( WM_USER + TESTLSP_IN_WORKER );
    check_message( WM_USER + TESTLSP_IN_THREAD );
    DestroyWindow( window );
}

static struct
{
    HWND hwnd;
    UINT msg;
    WPARAM wparam;
    LPARAM lparam;
    LONG calls;
    BOOL ret;
} posted;

static BOOL WSPAPI note_post( HWND hwnd, UINT msg, WPARAM wparam, LPARAM lparam )
{
    posted.hwnd = hwnd;
    posted.msg = msg;
    posted.wparam = wparam;
    posted.lparam = lparam;
    posted.calls++;
    SetLastError( 0x1234 );
    return posted.ret;
}

/* The routine gets what the provider gave, whether it names a window or not, and its result goes back. */
static void CDECL probe_routine( enum testlsp_context context, const WSPUPCALLTABLE *upcalls, DWORD catalog_id )
{
    HWND hwnd = (HWND)(ULONG_PTR)(0x1000 + context);

    (void)catalog_id;
    memset( &posted, 0, sizeof(posted) );
    posted.ret = TRUE;
    SetLastError( 0xbeef );
    ok( upcalls->lpWPUPostMessage( hwnd, WM_USER + 1, WPARAM_BITS, LPARAM_BITS ), "WPUPostMessage failed.\n" );
    ok( GetLastError() == 0xbeef, "The last error became %lu.\n", GetLastError() );
    ok( posted.calls == 1, "The routine was called %ld times.\n", posted.calls );
    ok( posted.hwnd == hwnd && posted.msg == WM_USER + 1, "Got window %p, message %#x.\n", posted.hwnd, posted.msg );
    ok( posted.wparam == WPARAM_BITS && posted.lparam == LPARAM_BITS, "Got %#Ix, %#Ix.\n", posted.wparam,
        posted.lparam );

    posted.ret = FALSE;
    ok( !upcalls->lpWPUPostMessage( NULL, 0, 0, 0 ), "WPUPostMessage succeeded.\n" );
    ok( GetLastError() == 0x1234, "Got error %lu.\n", GetLastError() );
    ok( posted.calls == 2 && !posted.hwnd && !posted.msg, "Got call %ld, window %p, message %#x.\n", posted.calls,
        posted.hwnd, posted.msg );
}

/* It can be set before WSAStartup. */
static void test_routine(void)
{
    ok( !WSApSetPostRoutine( note_post ), "WSApSetPostRoutine failed.\n" );
    run_probe( LAYER_IFS, probe_routine );
}

/* What is set counts for the next message, through tables that were given before, and beyond WSACleanup. */
static void test_change_routine(void)
{
    struct test_layer layer;
    const WSPUPCALLTABLE *upcalls = get_upcalls( &layer, LAYER_IFS );

    make_window();
    probe_post( TESTLSP_IN_THREAD, upcalls, layer.tcp_id );
    SetLastError( 0xbeef );
    ok( !WSApSetPostRoutine( note_post ), "WSApSetPostRoutine failed.\n" );
    ok( GetLastError() == 0xbeef, "The last error became %lu.\n", GetLastError() );
    probe_routine( TESTLSP_IN_THREAD, upcalls, layer.tcp_id );
    ok( !WSApSetPostRoutine( NULL ), "WSApSetPostRoutine failed.\n" );
    probe_post( TESTLSP_IN_THREAD, upcalls, layer.tcp_id );
    ok( !WSApSetPostRoutine( note_post ), "WSApSetPostRoutine failed.\n" );
    WSACleanup();
    probe_routine( TESTLSP_IN_THREAD, upcalls, layer.tcp_id );
    ok( !WSApSetPostRoutine( NULL ), "WSApSetPostRoutine failed.\n" );
    probe_post( TESTLSP_IN_THREAD, upcalls, layer.tcp_id );
    DestroyWindow( window );
    SetLastError( 0xbeef );
    ok( !upcalls->lpWPUPostMessage( window, WM_USER, 0, 0 ), "It succeeded for a window that is gone.\n" );
    ok( GetLastError() == ERROR_INVALID_WINDOW_HANDLE, "Got error %lu.\n", GetLastError() );
}

/* A console program that posts nothing does not need user32. This one has it from the start, so that the list of what
 * the modules import has to tell. */
static void check_imports( const WCHAR *name )
{
    const char *base = (const char *)GetModuleHandleW( name );
    const IMAGE_NT_HEADERS *nt = (const void *)(base + ((const IMAGE_DOS_HEADER *)base)->e_lfanew);
    const IMAGE_IMPORT_DESCRIPTOR *import;
    unsigned int count = 0;

    import = (const void *)(base + nt->OptionalHeader.DataDirectory[IMAGE_DIRECTORY_ENTRY_IMPORT].VirtualAddress);
    for (; import->Name; import++, count++)
        ok( _stricmp( base + import->Name, "user32.dll" ), "%s imports user32.\n", wine_dbgstr_w(name) );
    ok( count > 0, "%s imports nothing.\n", wine_dbgstr_w(name) );
}

static void test_imports(void)
{
    start_winsock();
    closesocket( socket( AF_INET, SOCK_STREAM, 0 ));
    check_imports( L"ws2_32.dll" );
    check_imports( L"mswsock.dll" );
    WSACleanup();
}

/* Whether a window is an ANSI one makes no difference to an application's own messages. */
static void test_windows(void)
{
    struct test_layer layer;
    const WSPUPCALLTABLE *upcalls = get_upcalls( &layer, LAYER_IFS );
    UINT messages[] = {WM_USER + 1, WM_APP, RegisterWindowMessageW( L"winelsp test" )};
    unsigned int i;
    BOOL unicode;

    for (unicode = FALSE; unicode <= TRUE; unicode++)
    {
        if (unicode) make_window();
        else window = CreateWindowExA( 0, "Static", NULL, 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL );
        ok( IsWindowUnicode( window ) == unicode, "The window is of the other kind.\n" );
        for (i = 0; i < ARRAY_SIZE(messages); i++)
        {
            ok( upcalls->lpWPUPostMessage( window, messages[i], WPARAM_BITS, LPARAM_BITS ), "It failed.\n" );
            check_message( messages[i] );
        }
        DestroyWindow( window );
    }
    WSACleanup();
}

/* --- threads that post while another sets and takes back the routine --- */

struct race
{
    const WSPUPCALLTABLE *upcalls;
    LONG stop;
    LONG posts;     /* that succeeded: only a routine can do so for the window, which is none */
};

/* Nothing shared is written to, so that posts come one close after the other. */
static BOOL WINAPI check_post( HWND hwnd, UINT msg, WPARAM wparam, LPARAM lparam )
{
    return hwnd == (HWND)0x1234dead && msg == WM_USER && wparam == WPARAM_BITS && lparam == LPARAM_BITS;
}

static DWORD WINAPI post_thread( void *arg )
{
    struct race *race = arg;
    LONG posts = 0;

    while (!ReadAcquire( &race->stop ))
        if (race->upcalls->lpWPUPostMessage( (HWND)0x1234dead, WM_USER, WPARAM_BITS, LPARAM_BITS )) posts++;
    InterlockedExchangeAdd( &race->posts, posts );
    return 0;
}

/* A post reads the routine once: it never calls NULL. */
static void test_race(void)
{
    struct test_layer layer;
    struct race race = {get_upcalls( &layer, LAYER_IFS ), 0, 0};
    DWORD start = GetTickCount();
    HANDLE threads[3];
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(threads); i++) threads[i] = CreateThread( NULL, 0, post_thread, &race, 0, NULL );
    while (GetTickCount() - start < 2000)
    {
        WSApSetPostRoutine( check_post );
        WSApSetPostRoutine( NULL );
    }
    InterlockedIncrement( &race.stop );
    for (i = 0; i < ARRAY_SIZE(threads); i++)
    {
        ok( !WaitForSingleObject( threads[i], 10000 ), "Thread %u hangs.\n", i );
        CloseHandle( threads[i] );
    }
    ok( race.posts > 0, "No post went to a routine.\n" );
    WSACleanup();
}

/* --- a program without windows --- */

/* console.exe is its own layered provider, and checks that nothing loads user32 before the first post. */
static void test_console(void)
{
    STARTUPINFOW startup = {0};
    PROCESS_INFORMATION info;
    struct test_layer layer;
    WCHAR path[MAX_PATH];

    get_test_path( L"console.exe", path );
    install_layer( &layer, path, LAYER_IFS );
    startup.cb = sizeof(startup);
    ok( CreateProcessW( path, NULL, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &info ),
        "%s cannot be run, error %lu.\n", wine_dbgstr_w(path), GetLastError() );
    CloseHandle( info.hThread );
    wait_child( info.hProcess, 20000 );
}

static const struct test_case cases[] =
{
    { "post", test_post },
    { "routine", test_routine },
    { "change_routine", test_change_routine },
    { "imports", test_imports },
    { "windows", test_windows },
    { "race", test_race },
    { "console", test_console },
};

START_TEST(upcall_post_message)
{
    run_cases( "upcall_post_message", cases, ARRAY_SIZE(cases) );
}
