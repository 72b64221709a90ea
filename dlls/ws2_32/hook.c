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

/* A hook that a program of Winsock 2 sets is never called, which is what Wine did with every hook: the
 * documentation gives hooks to 1.1 programs only. */
LPBLOCKINGCALLBACK get_blocking_callback( DWORD catalog_id, DWORD_PTR *context )
{
    struct thread_data *data;

    *context = 0;
    if (!is_version_1() || !(data = peek_thread_data()) || !data->hook) return NULL;
    data->cancelled = FALSE;
    if (!data->provider) data->provider = snapshot_provider( catalog_id );
    *context = (DWORD_PTR)data;
    return blocking_callback;
}

void note_called_provider( struct provider *provider )
{
    struct thread_data *data = get_thread_data();

    if (data) data->provider = provider;
}

BOOL ensure_not_in_hook(void)
{
    const struct thread_data *data = peek_thread_data();

    if (!data || !data->blocking) return TRUE;
    SetLastError( WSAEINPROGRESS );
    return FALSE;
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
    struct thread_data *data = peek_thread_data();

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
    const struct thread_data *data = peek_thread_data();

    TRACE( "\n" );

    return data && data->blocking;
}

/***********************************************************************
 *      WSACancelBlockingCall   (ws2_32.113)
 */
int WINAPI WSACancelBlockingCall(void)
{
    struct thread_data *data = peek_thread_data();
    struct provider *provider;
    int error = 0;

    TRACE( "\n" );

    if (!is_started())
    {
        SetLastError( WSANOTINITIALISED );
        return SOCKET_ERROR;
    }
    if (!data || !data->blocking)
    {
        SetLastError( WSAEINVAL );
        return SOCKET_ERROR;
    }
    data->cancelled = TRUE;
    /* The callback tells the provider that waits; this tells the one that the application called, which may be
     * a layer above it, and may fail (§5.8). */
    provider = data->provider;
    if (provider && ReadAcquire( &provider->state ) == PROVIDER_RUNNING)
        provider->procs.lpWSPCancelBlockingCall( &error );
    return 0;
}
