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
 * and from there posts to the program those that name the program's socket.
 *
 * An accepted socket has the selection of the listening one from its first moment below, and may be in a message before
 * WSPAccept() has returned there. Such a message is kept until our socket is known. To select again instead would tell
 * some events twice, and a reset perhaps never: Wine tells of that once. */

#define WM_SELECT WM_USER
#define WM_ACCEPT (WM_USER + 1)     /* what was kept may be for somebody now */

struct early_message
{
    struct early_message *next;
    SOCKET lower;
    LPARAM lparam;
};

static SRWLOCK select_lock = SRWLOCK_INIT;      /* guards the lists, and the select_ members of the sockets */
static struct lsp_socket *selecting;
static struct early_message *early;             /* in the order in which they came */

static SRWLOCK window_lock = SRWLOCK_INIT;      /* guards the start of these */
static struct lsp_thread window_thread;
static HANDLE window_ready;
static HWND window;

struct notification
{
    HWND hwnd;
    UINT message;
    SOCKET s;
    LPARAM lparam;
};

/* With the lock held. FALSE if nobody selects the socket. */
static BOOL get_notification( SOCKET lower, LPARAM lparam, struct notification *ret )
{
    const struct lsp_socket *socket;

    for (socket = selecting; socket; socket = socket->select_next)
    {
        if (socket->lower != lower) continue;
        ret->hwnd = socket->select_hwnd;
        ret->message = socket->select_message;
        ret->s = socket->s;
        ret->lparam = lparam;
        return TRUE;
    }
    return FALSE;
}

/* With the lock held. Whether a socket that nobody selects may turn out to be one that was accepted. If not, it has
 * been closed, or its selection has ended, and the message is an old one. */
static BOOL is_accepting(void)
{
    const struct lsp_socket *socket;

    for (socket = selecting; socket; socket = socket->select_next)
        if (socket->select_accepts) return TRUE;
    return FALSE;
}

/* With the lock held. */
static void keep_message( SOCKET lower, LPARAM lparam )
{
    struct early_message *message, **link;

    if (!(message = calloc( 1, sizeof(*message) ))) return;
    message->lower = lower;
    message->lparam = lparam;
    for (link = &early; *link; link = &(*link)->next) {}
    *link = message;
}

/* With the lock held. */
static BOOL has_early( SOCKET lower )
{
    const struct early_message *message;

    for (message = early; message; message = message->next)
        if (message->lower == lower) return TRUE;
    return FALSE;
}

static void notify( const struct notification *notification )
{
    LPARAM lparam = notification->lparam;

    TRACE( "WSPAsyncSelect", notification->s, "posts event %#x -> %s", WSAGETSELECTEVENT(lparam),
           WSAGETSELECTERROR(lparam) ? text_error( WSAGETSELECTERROR(lparam) ).str : "0" );
    upcalls.lpWPUPostMessage( notification->hwnd, notification->message, notification->s, lparam );
}

/* The accept may end in another thread meanwhile. That it does, and what was kept until then, is seen with the lock
 * held, so WM_ACCEPT comes for each message that is kept. Until it is here, later messages wait behind those of the
 * same socket even if that is known already; and since this thread alone notifies, the order stays. */
static void forward_message( SOCKET lower, LPARAM lparam )
{
    struct notification notification;
    BOOL waits, found;

    AcquireSRWLockExclusive( &select_lock );
    waits = has_early( lower );
    found = !waits && get_notification( lower, lparam, &notification );
    if (waits || (!found && is_accepting())) keep_message( lower, lparam );
    ReleaseSRWLockExclusive( &select_lock );
    if (found) notify( &notification );
}

/* The first message that was kept and is for somebody. Those that nobody can be waiting for are dropped. */
static BOOL take_early( struct notification *notification )
{
    struct early_message *message, **link = &early;
    BOOL found = FALSE, accepting;

    AcquireSRWLockExclusive( &select_lock );
    accepting = is_accepting();
    while (!found && (message = *link))
    {
        found = get_notification( message->lower, message->lparam, notification );
        if (!found && accepting)
        {
            link = &message->next;
            continue;
        }
        *link = message->next;
        free( message );
    }
    ReleaseSRWLockExclusive( &select_lock );
    return found;
}

static void forward_early(void)
{
    struct notification notification;

    while (take_early( &notification )) notify( &notification );
}

static LRESULT CALLBACK window_proc( HWND hwnd, UINT message, WPARAM wparam, LPARAM lparam )
{
    switch (message)
    {
    case WM_SELECT:
        forward_message( wparam, lparam );
        return 0;
    case WM_ACCEPT:
        forward_early();
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

/* With the lock held. A socket without a window is in no list. */
static void set_selection( struct lsp_socket *socket, HWND hwnd, UINT message )
{
    struct lsp_socket **link;

    for (link = &selecting; *link; link = &(*link)->select_next)
        if (*link == socket) break;
    if (*link) *link = socket->select_next;
    socket->select_hwnd = hwnd;
    socket->select_message = message;
    if (hwnd)
    {
        socket->select_next = selecting;
        selecting = socket;
    }
}

static void async_select_set( struct lsp_socket *socket, HWND hwnd, UINT message )
{
    AcquireSRWLockExclusive( &select_lock );
    set_selection( socket, hwnd, message );
    ReleaseSRWLockExclusive( &select_lock );
}

void async_select_end( struct lsp_socket *socket )
{
    async_select_set( socket, NULL, 0 );
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
    async_select_set( socket, hwnd, message );
    if ((ret = socket->layer->lower.lpWSPAsyncSelect( socket->lower, window, WM_SELECT, events, error )))
    {
        socket->layer->lower.lpWSPAsyncSelect( socket->lower, window, 0, 0, &ignored );
        async_select_end( socket );
    }
    return ret;
}

void async_select_accept_begin( struct lsp_socket *listener )
{
    AcquireSRWLockExclusive( &select_lock );
    listener->select_accepts++;
    ReleaseSRWLockExclusive( &select_lock );
}

void async_select_accept_end( struct lsp_socket *listener, SOCKET s )
{
    struct lsp_socket *socket = s == INVALID_SOCKET ? NULL : socket_acquire( s );
    HWND hwnd;

    AcquireSRWLockExclusive( &select_lock );
    listener->select_accepts--;
    if (socket && listener->select_hwnd) set_selection( socket, listener->select_hwnd, listener->select_message );
    hwnd = early ? window : NULL;
    ReleaseSRWLockExclusive( &select_lock );

    if (hwnd) PostMessageW( hwnd, WM_ACCEPT, 0, 0 );
    if (socket) socket_release( socket );
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

/* Nobody selects any more: what was kept is dropped. */
void async_select_stop(void)
{
    if (!window) return;
    PostMessageW( window, WM_CLOSE, 0, 0 );
    thread_stop( &window_thread );
    window = NULL;
    forward_early();
}
