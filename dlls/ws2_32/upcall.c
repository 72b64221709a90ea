/*
 * Upcalls
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

/* What providers call. Any thread, under any lock of theirs, in DLL_PROCESS_DETACH too: no lock of ours is held
 * while a provider runs, and none is taken here but those of the snapshot and of the names of threads, for a look-up.
 * Errors go to *error, which may be NULL, and which success leaves alone; the last error stays as it is. */

static int fail( int *error, int code )
{
    if (error) *error = code;
    return SOCKET_ERROR;
}

/* Callers take the event of an OVERLAPPED, whose low bit means something to the owner of a completion port only.
 * What to do with it is left open by the documentation; the kernel's handles do not count it. */
static HANDLE untagged( WSAEVENT event )
{
    return (HANDLE)((ULONG_PTR)event & ~(ULONG_PTR)1);
}

/* As CloseHandle(), which the documentation equates it with, it does not ask whether the handle is an event's. */
static BOOL WSPAPI WPUCloseEvent( WSAEVENT event, int *error )
{
    DWORD last_error = GetLastError();
    BOOL ret = CloseHandle( untagged( event ));

    TRACE( "event %p, ret %d\n", event, ret );

    if (!ret) fail( error, WSA_INVALID_HANDLE );
    SetLastError( last_error );
    return ret;
}

static WSAEVENT WSPAPI WPUCreateEvent( int *error )
{
    DWORD last_error = GetLastError();
    HANDLE ret = CreateEventW( NULL, TRUE, FALSE, NULL );

    TRACE( "returning %p\n", ret );

    if (!ret) fail( error, WSA_NOT_ENOUGH_MEMORY );
    SetLastError( last_error );
    return ret;
}

static BOOL WSPAPI WPUResetEvent( WSAEVENT event, int *error )
{
    DWORD last_error = GetLastError();
    BOOL ret = ResetEvent( untagged( event ));

    TRACE( "event %p, ret %d\n", event, ret );

    if (!ret) fail( error, WSA_INVALID_HANDLE );
    SetLastError( last_error );
    return ret;
}

static BOOL WSPAPI WPUSetEvent( WSAEVENT event, int *error )
{
    DWORD last_error = GetLastError();
    BOOL ret = SetEvent( untagged( event ));

    TRACE( "event %p, ret %d\n", event, ret );

    if (!ret) fail( error, WSA_INVALID_HANDLE );
    SetLastError( last_error );
    return ret;
}

/* Nothing is documented for an unknown catalog id; WSAEINVAL is what WPUModifyIFSHandle has for its handle. The id of
 * an entry that was installed since WSAStartup is unknown: no provider can have been started with it. A context of 0
 * is as good as any. */
static SOCKET WSPAPI WPUCreateSocketHandle( DWORD catalog_id, DWORD_PTR context, int *error )
{
    struct provider *provider = snapshot_provider( catalog_id );
    DWORD last_error = GetLastError();
    SOCKET ret = INVALID_SOCKET;

    if (!provider)
        fail( error, WSAEINVAL );
    else if ((ret = socket_table_create_non_ifs( provider, context )) == INVALID_SOCKET)
        fail( error, WSAENOBUFS );

    TRACE( "catalog_id %lu, context %#Ix, returning %#Ix\n", catalog_id, context, ret );

    SetLastError( last_error );
    return ret;
}

/* The caller is not named, so a layer also gets the contexts of another's handles. Without a place for the context,
 * of which nothing is documented, the handle comes first: WSAENOTSOCK, then WSAEFAULT. */
static int WSPAPI WPUQuerySocketHandleContext( SOCKET s, DWORD_PTR *context, int *error )
{
    DWORD_PTR value;

    if (!socket_table_context( s, &value )) return fail( error, WSAENOTSOCK );
    if (!context) return fail( error, WSAEFAULT );
    *context = value;
    return 0;
}

static int WSPAPI WPUCloseSocketHandle( SOCKET s, int *error )
{
    TRACE( "socket %#Ix\n", s );

    return socket_table_close_non_ifs( s ) ? 0 : fail( error, WSAENOTSOCK );
}

/* WSAEINVAL is documented for an invalid handle, and serves for an unknown catalog id. A handle is invalid when it
 * cannot be a kernel handle at all, or is an open one of WPUCreateSocketHandle. Whether a kernel handle is open is not
 * asked: that would cost a server call for each layer of each socket, and be no longer true on return. */
static SOCKET WSPAPI WPUModifyIFSHandle( DWORD catalog_id, SOCKET s, int *error )
{
    struct provider *provider = snapshot_provider( catalog_id );

    TRACE( "catalog_id %lu, socket %#Ix, provider %p\n", catalog_id, s, provider );

    if (provider && socket_table_set_ifs( s, provider )) return s;
    fail( error, WSAEINVAL );
    return INVALID_SOCKET;
}

/* The set may have more members than FD_SETSIZE, and handles that were never seen here. A NULL set, of which nothing
 * is documented, has no members. */
static int WSPAPI WPUFDIsSet( SOCKET s, fd_set *set )
{
    return set ? __WSAFDIsSet( s, set ) : 0;
}

/* The length counts the terminating zero, and becomes what is needed on success and when it is too small; the
 * documentation leaves both open. It reads the catalog as it is now, as WSCGetProviderPath does. */
static int WSPAPI WPUGetProviderPath( GUID *provider, WCHAR *path, int *len, int *error )
{
    int code = 0;

    if (!WSCGetProviderPath( provider, path, len, &code )) return 0;
    return fail( error, code );
}

/* What WSApSetPostRoutine() was given last. */
static void *post_routine;

/* user32 is loaded for the first post: a process without windows does not need it, and Wine's system processes load
 * us before there is a desktop. The reference is kept, so the function stays. It is looked up once, since that needs
 * the loader lock, which a layer's detach handler may hold while it waits for the thread that calls us. Threads that
 * get here at the same time find the same. */
static LPWPUPOSTMESSAGE get_post_message(void)
{
    static void *function;
    void *ret = read_pointer_acquire( &function );
    HMODULE user32;

    if (!ret && (user32 = LoadLibraryW( L"user32.dll" )))
    {
        ret = GetProcAddress( user32, "PostMessageW" );
        write_pointer_release( &function, ret );
    }
    return ret;
}

/* There is no error code; on failure the last error is what PostMessage, or the routine in its place, made of it. */
static BOOL WSPAPI WPUPostMessage( HWND hwnd, UINT msg, WPARAM wparam, LPARAM lparam )
{
    LPWPUPOSTMESSAGE post = read_pointer_acquire( &post_routine );
    DWORD last_error = GetLastError();
    BOOL ret;

    TRACE( "hwnd %p, msg %#x, wparam %#Ix, lparam %#Ix, routine %p\n", hwnd, msg, wparam, lparam, post );

    if (!post) post = get_post_message();
    ret = post && post( hwnd, msg, wparam, lparam );
    if (ret) SetLastError( last_error );
    return ret;
}

/***********************************************************************
 *      WSApSetPostRoutine   (ws2_32.35)
 *
 * Sets the routine that WPUPostMessage calls in place of user32's PostMessage, in the whole process and at once; NULL
 * takes it back. A post that is under way may still call the routine before. Returns 0. No public page describes it:
 * the name is exported by every Windows, and the type of the routine is that of the upcall. It works without
 * WSAStartup, from any thread, and takes no lock.
 */
int WINAPI WSApSetPostRoutine( LPWPUPOSTMESSAGE routine )
{
    TRACE( "routine %p\n", routine );

    write_pointer_release( &post_routine, routine );
    return 0;
}

/* The catalog id is looked at before the pointers; the documentation gives no order. A context of 0 comes with the
 * NULL callback, which a program without a hook and every Winsock 2 program gets. */
static int WSPAPI WPUQueryBlockingCallback( DWORD catalog_id, LPBLOCKINGCALLBACK *callback, DWORD_PTR *context,
                                            int *error )
{
    TRACE( "catalog_id %lu, callback %p, context %p\n", catalog_id, callback, context );

    if (!snapshot_has_id( catalog_id )) return fail( error, WSAEINVAL );
    if (!callback || !context) return fail( error, WSAEFAULT );
    *callback = get_blocking_callback( catalog_id, context );
    return 0;
}

/* Without a function, and for the id of a thread that has ended, which the documentation leaves open: WSAEFAULT, as
 * for any id that names no thread. */
static int WSPAPI WPUQueueApc( WSATHREADID *id, LPWSAUSERAPC func, DWORD_PTR context, int *error )
{
    int code = thread_id_queue_apc( id, func, context );

    TRACE( "id %p, func %p, context %#Ix, error %d\n", id, func, context, code );

    return code ? fail( error, code ) : 0;
}

/* WSAEFAULT for NULL, and WSA_NOT_ENOUGH_MEMORY without a handle to give, are not documented. */
static int WSPAPI WPUOpenCurrentThread( WSATHREADID *id, int *error )
{
    int code = thread_id_open( id );

    TRACE( "id %p, error %d\n", id, code );

    return code ? fail( error, code ) : 0;
}

/* What was not opened, or is closed already, fails with WSAEINVAL and is left alone; NULL gives WSAEFAULT. The
 * documentation says nothing of either. */
static int WSPAPI WPUCloseThread( WSATHREADID *id, int *error )
{
    int code = thread_id_close( id );

    TRACE( "id %p, error %d\n", id, code );

    return code ? fail( error, code ) : 0;
}

const WSPUPCALLTABLE upcall_table =
{
    .lpWPUCloseEvent = WPUCloseEvent,
    .lpWPUCloseSocketHandle = WPUCloseSocketHandle,
    .lpWPUCreateEvent = WPUCreateEvent,
    .lpWPUCreateSocketHandle = WPUCreateSocketHandle,
    .lpWPUFDIsSet = WPUFDIsSet,
    .lpWPUGetProviderPath = WPUGetProviderPath,
    .lpWPUModifyIFSHandle = WPUModifyIFSHandle,
    .lpWPUPostMessage = WPUPostMessage,
    .lpWPUQueryBlockingCallback = WPUQueryBlockingCallback,
    .lpWPUQuerySocketHandleContext = WPUQuerySocketHandleContext,
    .lpWPUQueueApc = WPUQueueApc,
    .lpWPUResetEvent = WPUResetEvent,
    .lpWPUSetEvent = WPUSetEvent,
    .lpWPUOpenCurrentThread = WPUOpenCurrentThread,
    .lpWPUCloseThread = WPUCloseThread,
};
