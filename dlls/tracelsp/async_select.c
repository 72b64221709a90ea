/*
 * WSPAsyncSelect
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


#include "tracelsp.h"

/* The layer below posts messages that name the lower socket. A non-IFS layer has them sent to a window of its own,
 * and from there posts to the program those that name the program's socket. */

#define WM_SELECT WM_USER

static SRWLOCK select_lock = SRWLOCK_INIT;      /* guards the list, and the select_ members of the sockets */
static struct lsp_socket *selecting;

static SRWLOCK window_lock = SRWLOCK_INIT;      /* guards the start of these */
static struct lsp_thread window_thread;
static HANDLE window_ready;
static HWND window;

/* A socket that is not in the list has been closed, or its selection has ended: then the message is an old one. */
static void forward_message( SOCKET lower, LPARAM lparam )
{
    const struct lsp_socket *socket;
    SOCKET s = INVALID_SOCKET;
    HWND hwnd = NULL;
    UINT message = 0;

    AcquireSRWLockShared( &select_lock );
    for (socket = selecting; socket; socket = socket->select_next)
    {
        if (socket->lower != lower) continue;
        s = socket->s;
        hwnd = socket->select_hwnd;
        message = socket->select_message;
        break;
    }
    ReleaseSRWLockShared( &select_lock );
    if (!hwnd) return;

    TRACE( "WSPAsyncSelect", s, "posts event %#x -> %s", WSAGETSELECTEVENT(lparam),
           WSAGETSELECTERROR(lparam) ? text_error( WSAGETSELECTERROR(lparam) ).str : "0" );
    upcalls.lpWPUPostMessage( hwnd, message, s, lparam );
}

static LRESULT CALLBACK window_proc( HWND hwnd, UINT message, WPARAM wparam, LPARAM lparam )
{
    switch (message)
    {
    case WM_SELECT:
        forward_message( wparam, lparam );
        return 0;
    case WM_DESTROY:
        PostQuitMessage( 0 );
        return 0;
    default:
        return DefWindowProcW( hwnd, message, wparam, lparam );
    }
}

static void window_thread_proc(void)
{
    WNDCLASSW class = {.lpfnWndProc = window_proc, .hInstance = tracelsp_instance, .lpszClassName = L"tracelsp"};
    MSG msg;

    RegisterClassW( &class );
    window = CreateWindowExW( 0, class.lpszClassName, NULL, 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, tracelsp_instance,
                              NULL );
    SetEvent( window_ready );
    while (window && GetMessageW( &msg, NULL, 0, 0 ) > 0) DispatchMessageW( &msg );
    UnregisterClassW( class.lpszClassName, tracelsp_instance );
}

static BOOL start_window(void)
{
    if (window) return TRUE;
    if (!(window_ready = CreateEventW( NULL, TRUE, FALSE, NULL ))) return FALSE;
    if (thread_start( &window_thread, window_thread_proc ))
    {
        WaitForSingleObject( window_ready, INFINITE );
        if (!window) thread_stop( &window_thread );
    }
    CloseHandle( window_ready );
    return window != NULL;
}

static BOOL get_window(void)
{
    BOOL ret;

    AcquireSRWLockExclusive( &window_lock );
    ret = start_window();
    ReleaseSRWLockExclusive( &window_lock );
    return ret;
}

static void async_select_set( struct lsp_socket *socket, HWND hwnd, UINT message, LONG events )
{
    struct lsp_socket **link;

    AcquireSRWLockExclusive( &select_lock );
    for (link = &selecting; *link; link = &(*link)->select_next)
        if (*link == socket) break;
    if (*link) *link = socket->select_next;
    socket->select_hwnd = hwnd;
    socket->select_message = message;
    socket->select_events = events;
    if (hwnd)
    {
        socket->select_next = selecting;
        selecting = socket;
    }
    ReleaseSRWLockExclusive( &select_lock );
}

void async_select_end( struct lsp_socket *socket )
{
    async_select_set( socket, NULL, 0, 0 );
}

/* The first message can come before the call below returns. After a failure the socket has no selection any more,
 * and neither has the lower one. */
static int select_lower( struct lsp_socket *socket, HWND hwnd, UINT message, LONG events, int *error )
{
    int ignored, ret;

    if (!get_window())
    {
        *error = WSAENOBUFS;
        return SOCKET_ERROR;
    }
    async_select_set( socket, hwnd, message, events );
    if ((ret = socket->layer->lower.lpWSPAsyncSelect( socket->lower, window, WM_SELECT, events, error )))
    {
        socket->layer->lower.lpWSPAsyncSelect( socket->lower, window, 0, 0, &ignored );
        async_select_end( socket );
    }
    return ret;
}

/* The layer below has given the accepted socket the selection of the listening one, and may have posted to our window
 * already, where nobody knew the new socket. To select again makes it post what is the case, maybe a second time. */
void async_select_inherit( const struct call *listener, SOCKET s )
{
    struct lsp_socket *socket;
    LONG events;
    UINT message;
    int ignored;
    HWND hwnd;

    AcquireSRWLockShared( &select_lock );
    hwnd = listener->socket->select_hwnd;
    message = listener->socket->select_message;
    events = listener->socket->select_events;
    ReleaseSRWLockShared( &select_lock );

    if (!hwnd || !(socket = socket_acquire( s ))) return;
    select_lower( socket, hwnd, message, events, &ignored );
    socket_release( socket );
}

/* Below, any window will do to end a selection. */
static int async_select( struct lsp_socket *socket, HWND hwnd, UINT message, LONG events, int *error )
{
    int ret;

    if (events && !IsWindow( hwnd ))
    {
        *error = WSAEINVAL;
        return SOCKET_ERROR;
    }
    if (events) return select_lower( socket, hwnd, message, events, error );
    if (!(ret = socket->layer->lower.lpWSPAsyncSelect( socket->lower, hwnd, 0, 0, error ))) async_select_end( socket );
    return ret;
}

int WSPAPI WSPAsyncSelect( SOCKET s, HWND hwnd, unsigned int message, LONG events, int *error )
{
    struct call call;
    int ret;

    if (!call_begin( &call, "WSPAsyncSelect", s, error )) return SOCKET_ERROR;
    if (call.socket->layer->is_ifs)
        ret = call.next->lpWSPAsyncSelect( call.lower, hwnd, message, events, error );
    else
        ret = async_select( call.socket, hwnd, message, events, error );
    TRACE_CALL( &call, "message %#x events %#lx -> %s", message, (unsigned long)events,
                text_result( ret, *error ).str );
    call_end( &call );
    return ret;
}

/* Nobody selects any more. */
void async_select_stop(void)
{
    if (!window) return;
    PostMessageW( window, WM_CLOSE, 0, 0 );
    thread_stop( &window_thread );
    window = NULL;
}
