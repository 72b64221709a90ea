/*
 * Winsock dispatcher
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

#ifndef __WINE_WS2_32_PRIVATE_H
#define __WINE_WS2_32_PRIVATE_H

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "ntstatus.h"
#define WIN32_NO_STATUS
#include "windef.h"
#include "winbase.h"
#include "winternl.h"
#include "winuser.h"
#include "winsock2.h"
#include "ws2tcpip.h"
#include "mswsock.h"
#include "ws2spi.h"
#include "mswsockdef.h"
#include "wine/debug.h"

#include "atomic.h"
#include "base.h"
#include "catalog.h"
#include "provider.h"
#include "socket_table.h"

WINE_DEFAULT_DEBUG_CHANNEL(winsock);

/* --- main.c --- */

/* How often Winsock was started and not cleaned up, and whether by a program of Winsock 1.1 only: for the functions
 * below, which are here because every call needs them. */
extern LONG startup_count;
extern LONG version_1;

/* TRUE between the first WSAStartup and the last WSACleanup. Any thread. */
static inline BOOL is_started(void)
{
    return !!ReadAcquire( &startup_count );
}

/* Is this a program of Winsock 1.1? Only such a one has blocking hooks. It is for as long as every WSAStartup since
 * the first one asked for less than 2.0: one that asks for more is right in any order, because Wine's wininet asks
 * for 1.1 in programs of all kinds. One read of memory; any thread. */
static inline BOOL is_version_1(void)
{
    return ReadAcquire( &version_1 );
}

/* FALSE and WSAEINPROGRESS if the calling thread is in its blocking hook (§7). For 1.1 programs. In hook.c. */
extern BOOL ensure_not_in_hook(void);

/* As is_started(); FALSE sets WSANOTINITIALISED. It also fails, with WSAEINPROGRESS, in a blocking hook of a Winsock
 * 1.1 program (§7). */
static inline BOOL ensure_started(void)
{
    if (!is_started())
    {
        SetLastError( WSANOTINITIALISED );
        return FALSE;
    }
    return !is_version_1() || ensure_not_in_hook();
}

/* Returns what the function of that name in Wine's own Winsock returns, or failure and WSASYSNOTREADY when there
 * is none. For functions that leave the whole of their work to it. */
#define CALL_BASE( failure, name, ... ) \
    do \
    { \
        const struct base_winsock *base = get_base_winsock(); \
        if (base) return base->name( __VA_ARGS__ ); \
        SetLastError( WSASYSNOTREADY ); \
        return failure; \
    } while (0)

/* The same for a function that Winsock 1.1 has, and that a blocking hook must therefore not call (§7). */
#define CALL_BASE_1_1( failure, name, ... ) \
    do \
    { \
        if (is_version_1() && !ensure_not_in_hook()) return failure; \
        CALL_BASE( failure, name, __VA_ARGS__ ); \
    } while (0)

/* A function of user32, which is loaded when the process has no window yet; NULL without it. We cannot import
 * user32: system processes load us before there is a desktop. */
extern void *get_user32_function( const char *name );

/* --- thread.c --- */

/* What Winsock knows of a thread. */
struct thread_data
{
    struct thread_data *next, **prev;   /* of all that there are */
    LONG calls;                 /* into providers that the thread is in; other threads read it */
    WSATHREADID id;             /* as given to providers; ThreadHandle is NULL until it is asked for */
    FARPROC hook;               /* blocking hook, NULL without */
    BOOL blocking;              /* the hook is being called */
    BOOL cancelled;             /* WSACancelBlockingCall was, since the blocking call began */
    struct provider *provider;  /* that the application has called last; kept for Winsock 1.1 programs only */
};

/* For DllMain: FALSE without memory. */
extern BOOL thread_data_init(void);
extern void thread_data_uninit(void);
extern void thread_data_free(void);

/* For the functions below, which are here because every call needs them: where a thread keeps its data, the data that
 * is not in the usual slots, and new data; NULL without, or without memory. */
extern DWORD thread_data_index;
extern struct thread_data *find_thread_data(void);
extern struct thread_data *create_thread_data(void);

/* The data of the calling thread; NULL if nobody has asked for it yet. The usual slots are read in place, and the last
 * error, which TlsGetValue() clears, stays. */
static inline struct thread_data *peek_thread_data(void)
{
    if (thread_data_index < ARRAY_SIZE(NtCurrentTeb()->TlsSlots)) return NtCurrentTeb()->TlsSlots[thread_data_index];
    return find_thread_data();
}

/* The same, made on demand; NULL without memory. It lives until the thread ends. */
static inline struct thread_data *get_thread_data(void)
{
    struct thread_data *data = peek_thread_data();

    return data ? data : create_thread_data();
}

/* What stands around everything that runs code of a provider, so that the last WSACleanup does not unload it from
 * under a thread. They nest. enter_providers() fails as ensure_started() does, or with WSA_NOT_ENOUGH_MEMORY; only
 * if it succeeds is it followed by leave_providers(). No lock, and no write to memory that another thread writes to. */
static inline void leave_providers(void)
{
    struct thread_data *data = peek_thread_data();

    write_release( &data->calls, data->calls - 1 );
}

/* Here against threads_in_providers() in the last WSACleanup: a thread counts itself in and then looks whether
 * Winsock is started; the cleanup ends it and then looks for threads that are in. With a full barrier between
 * the two on either side, one of them sees the other. */
static inline BOOL enter_providers(void)
{
    struct thread_data *data = get_thread_data();

    if (!data)
    {
        SetLastError( WSA_NOT_ENOUGH_MEMORY );
        return FALSE;
    }
    InterlockedExchange( &data->calls, data->calls + 1 );
    if (ensure_started()) return TRUE;
    leave_providers();
    return FALSE;
}

/* Whether any thread is between the two, the calling one included: a provider may have called it back. Once Winsock is
 * not started any more, nobody enters whom this has not seen. */
extern BOOL threads_in_providers(void);

/* The calling thread as an overlapped call names it, for the lpThreadId of an SPI function. It stays usable
 * until the thread ends; NULL without memory or handles. */
extern WSATHREADID *get_thread_id(void);

/* --- thread_id.c: any thread, and in DllMain; the last error stays as it is --- */

/* Names the calling thread for providers; FALSE without memory or handles. The name and its handle last until
 * thread_id_destroy(), which is for the end of the thread. */
extern BOOL thread_id_create( WSATHREADID *id );
extern void thread_id_destroy( const WSATHREADID *id );

/* WPUOpenCurrentThread, WPUCloseThread and WPUQueueApc (§4.9, §4.10); they return 0 or the error. Structures may be
 * copies, and they are not kept. NULL is WSAEFAULT.
 * "No successful WSPStartup", which is WSANOTINITIALISED for the first two, means that no provider is running, starting
 * or stopping: a layer may call them from its WSPStartup and its DllMain, but not after it was unloaded.
 * Opening gives WSA_NOT_ENOUGH_MEMORY without memory or handles. Closing gives WSAEINVAL, and has no effect, for what
 * was not opened or is closed already. Queueing gives WSAEFAULT for what names no thread, or one that has ended, also
 * when its handle value or thread id was given to another one since; the APC runs although its id is closed then. */
extern int thread_id_open( WSATHREADID *id );
extern int thread_id_close( const WSATHREADID *id );
extern int thread_id_queue_apc( const WSATHREADID *id, LPWSAUSERAPC func, DWORD_PTR context );

/* --- socket.c --- */

/* The provider that owns s: from the table, or, for a socket that this process did not create, the base
 * provider that knows it, which then owns it. NULL if s is no socket. Any thread, after enter_providers(). */
extern struct provider *find_socket_provider( SOCKET s );

/* Begins the call of an SPI function for an API function, which end_call() or end_bool_call() ends: enter_providers()
 * with find_socket_provider(). NULL sets WSANOTINITIALISED, WSAEINPROGRESS, WSA_NOT_ENOUGH_MEMORY or WSAENOTSOCK. */
extern struct provider *begin_call( SOCKET s );

/* Whether s is a socket; FALSE sets what begin_call() sets. */
extern BOOL ensure_socket( SOCKET s );

/* Ends a call with the result of the SPI function: *error, which the SPI function wrote, becomes the last error if it
 * failed, and is not looked at otherwise (§2.7). */
static inline int end_call( int ret, const int *error )
{
    leave_providers();
    if (ret == SOCKET_ERROR) SetLastError( *error );
    return ret;
}

static inline BOOL end_bool_call( BOOL ret, const int *error )
{
    leave_providers();
    if (!ret) SetLastError( *error );
    return ret;
}

/* --- address.c --- */

/* The wide form of a structure from an application; FALSE if its name cannot be converted or does not fit, and the
 * name is then undefined. Any thread. */
extern BOOL protocol_info_AtoW( const WSAPROTOCOL_INFOA *infoA, WSAPROTOCOL_INFOW *infoW );

/* The wide form of a string, for the caller to free(); NULL without memory. Any thread. */
extern WCHAR *strdupAtoW( const char *str );

/* --- hook.c --- */

/* The callback with which the provider of a catalog id waits on the calling thread: NULL unless the thread of a
 * Winsock 1.1 program has a blocking hook (§7). Marks the begin of a blocking call. Every call that may block comes
 * here: without a hook it takes no lock and no memory. */
extern LPBLOCKINGCALLBACK get_blocking_callback( DWORD catalog_id, DWORD_PTR *context );

/* Remembers for WSACancelBlockingCall which provider the calling thread calls (§5.8). For 1.1 programs. */
extern void note_called_provider( struct provider *provider );

/* --- config_change.c --- */

/* For the last WSACleanup(): the handles of WSAProviderConfigChange() are none any more, and requests that wait on
 * one fail. Waits for nothing but a short lock; may be called from DllMain. */
extern void config_change_stop(void);

/* --- status.c --- */

/* RtlNtStatusToDosError() gives back the low word of a status with this high word. */
#define STATUS_FROM_WIN32( error ) (0xc0070000 | (error))

/* The NTSTATUS with which a completion reports a Winsock or Win32 error (§4.8): the one that the kernel's own socket
 * requests complete with on Windows, or, for an error that they never have, one that RtlNtStatusToDosError() turns
 * back into it. 0 is STATUS_SUCCESS; every other error becomes a status below 0, never STATUS_PENDING, and one that
 * no application takes for success or for "not yet". Any thread, no lock. */
extern NTSTATUS status_from_error( DWORD error );

#endif /* __WINE_WS2_32_PRIVATE_H */
