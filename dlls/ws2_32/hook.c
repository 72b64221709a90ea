/*
 * Blocking hooks
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

#include "ws2_32_private.h"

/* The hook of Winsock 1.1 that a thread has before it sets one: it handles at most one message. */
static INT_PTR WINAPI default_hook(void)
{
    BOOL (WINAPI *peek_message)(MSG *,HWND,UINT,UINT,UINT) = get_user32_function( "PeekMessageW" );
    BOOL (WINAPI *translate_message)(const MSG *) = get_user32_function( "TranslateMessage" );
    LRESULT (WINAPI *dispatch_message)(const MSG *) = get_user32_function( "DispatchMessageW" );
    MSG msg;

    if (!peek_message || !translate_message || !dispatch_message) return FALSE;
    if (!peek_message( &msg, NULL, 0, 0, PM_REMOVE )) return FALSE;
    translate_message( &msg );
    dispatch_message( &msg );
    return TRUE;
}

/* What providers call in place of the hook: a hook takes nothing, returns TRUE for as long as it finds work,
 * and knows nothing of cancelling; the callback returns FALSE when the call was cancelled. */
static BOOL CALLBACK blocking_callback( DWORD_PTR context )
{
    struct thread_data *data = (struct thread_data *)context;

    data->blocking = TRUE;
    while (!data->cancelled && data->hook && data->hook()) {}
    data->blocking = FALSE;
    return !data->cancelled;
}

LPBLOCKINGCALLBACK get_blocking_callback( struct provider *provider, DWORD_PTR *context )
{
    struct thread_data *data = get_thread_data();

    *context = 0;
    if (!data || !data->hook) return NULL;
    data->cancelled = FALSE;
    data->provider = provider;
    *context = (DWORD_PTR)data;
    return blocking_callback;
}

/***********************************************************************
 *      WSASetBlockingHook   (ws2_32.109)
 */
FARPROC WINAPI WSASetBlockingHook( FARPROC hook )
{
    struct thread_data *data = get_thread_data();
    FARPROC prev;

    TRACE( "hook %p\n", hook );

    if (!ensure_started() || !data) return NULL;
    prev = data->hook ? data->hook : (FARPROC)default_hook;
    data->hook = hook == (FARPROC)default_hook ? NULL : hook;
    return prev;
}

/***********************************************************************
 *      WSAUnhookBlockingHook   (ws2_32.110)
 */
int WINAPI WSAUnhookBlockingHook(void)
{
    struct thread_data *data = get_thread_data();

    TRACE( "\n" );

    if (!ensure_started()) return SOCKET_ERROR;
    if (data) data->hook = NULL;
    return 0;
}

/***********************************************************************
 *      WSAIsBlocking   (ws2_32.114)
 */
BOOL WINAPI WSAIsBlocking(void)
{
    struct thread_data *data = get_thread_data();

    TRACE( "\n" );

    return data && data->blocking;
}

/***********************************************************************
 *      WSACancelBlockingCall   (ws2_32.113)
 */
int WINAPI WSACancelBlockingCall(void)
{
    struct thread_data *data = get_thread_data();
    int error = 0;

    TRACE( "\n" );

    if (!ensure_started()) return SOCKET_ERROR;
    if (!data || !data->blocking)
    {
        SetLastError( WSAEINVAL );
        return SOCKET_ERROR;
    }
    data->cancelled = TRUE;
    /* The callback tells the provider; this lets one that does not look at it know, and may fail. */
    data->provider->procs.lpWSPCancelBlockingCall( &error );
    return 0;
}
