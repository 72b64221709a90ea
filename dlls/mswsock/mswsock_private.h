/*
 * Base transport provider
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

#ifndef __WINE_MSWSOCK_PRIVATE_H
#define __WINE_MSWSOCK_PRIVATE_H

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "ntstatus.h"
#define WIN32_NO_STATUS
#include "windef.h"
#include "winbase.h"
#include "winternl.h"
#include "winsock2.h"
#include "ws2tcpip.h"
#include "mswsock.h"
#include "ws2spi.h"
#include "mswsockdef.h"
#include "wine/debug.h"

#include "atomic.h"
#include "base.h"

WINE_DEFAULT_DEBUG_CHANNEL(mswsock);

/* How an SPI function fails: *error, which may be NULL, gets the code. Success leaves it alone. */
static inline int fail( int *error, int code )
{
    if (error) *error = code;
    return SOCKET_ERROR;
}

/* What an SPI function does with the result of a function of Wine's Winsock, which left its error in the
 * thread's last error. A SOCKET fails with the same value. */
static inline int base_result( int ret, int *error )
{
    return ret == SOCKET_ERROR ? fail( error, GetLastError() ) : ret;
}

static inline BOOL base_bool( BOOL ret, int *error )
{
    if (!ret) fail( error, GetLastError() );
    return ret;
}

/* --- provider.c: startup, cleanup and what they keep --- */

extern int WSPAPI WSPCleanup( int *error );

/* Frees what is left when the DLL is unloaded. For DllMain. */
extern void provider_uninit(void);

/* The base entry of the catalog for a socket of this kind, or the one of the family when no entry has the
 * type and protocol; NULL when the family has none. Belongs to us, and is valid while the DLL is loaded.
 * The catalog is the one that the first call found. Keeps the last error. Any thread. */
extern const WSAPROTOCOL_INFOW *find_base_entry( int family, int type, int protocol );

/* The id of a base entry of a family, which has one provider for all its entries; 0 when it has none. Reads no catalog
 * if we were started for such an entry. The same otherwise. */
extern DWORD get_family_id( int family );

/* Tells ws2_32 that s belongs to the provider of a catalog id (§4.7), and returns the handle to use from then
 * on. On failure s is closed, *error is set, and INVALID_SOCKET returned. Keeps the last error when it
 * succeeds. Any thread; no lock is held across the upcall. */
extern SOCKET register_socket( DWORD catalog_id, SOCKET s, int *error );

/* WPUQueueApc of the newest upcall table (§4.9): FALSE if the thread is gone. */
extern BOOL queue_user_apc( WSATHREADID *thread, LPWSAUSERAPC func, DWORD_PTR context );

/* WPUQueryBlockingCallback of the newest upcall table (§4.14), for the calling thread: NULL to wait natively. Takes
 * no lock and no memory itself. */
extern LPBLOCKINGCALLBACK query_blocking_callback( DWORD_PTR *context );

/* --- socket.c --- */

extern const WSPPROC_TABLE proc_table;

/* Is s a socket? Takes no wineserver call for a socket that this process has created, which counts as one until
 * WSPCloseSocket(). Any thread. */
extern BOOL is_socket( SOCKET s );

/* What Wine's Winsock answers for SO_PROTOCOL_INFOW, for any socket handle that the process can use. Returns 0
 * or the error: WSAENOTSOCK. */
extern int get_socket_info( SOCKET s, WSAPROTOCOL_INFOW *info );

/* --- foreign.c: sockets that Wine's Winsock has not made. Any thread; a lock is held for moments only. --- */

/* Does Wine's Winsock take s for a socket? It takes no wineserver call to know. */
extern BOOL is_known_socket( SOCKET s );

/* What Wine's Winsock tells of a handle that it does not know. Returns 0 or WSAENOTSOCK. */
extern int get_foreign_socket_info( SOCKET s, WSAPROTOCOL_INFOW *info );

/* Makes a handle that is a socket of the kernel known to it. FALSE if it was known before or is no socket. */
extern BOOL learn_foreign_socket( SOCKET s );

/* To be called with each socket that Wine's Winsock has made, before anybody else hears of it. Keeps the last
 * error. */
extern void settle_new_socket( SOCKET s );

/* Wine's mark on the structure of a duplicated socket (8.0): set for a handle of the target process, and read. 0 if it
 * is not there. */
extern void set_duplicate_mark( WSAPROTOCOL_INFOW *info, DWORD handle );
extern DWORD get_marked_duplicate( const WSAPROTOCOL_INFOW *info );

/* --- completion.c --- */

/* For DllMain; FALSE without resources. */
extern BOOL completion_init(void);
extern void completion_uninit(void);

/* A completion routine runs in the thread that lpThreadId names (§6). Wine's Winsock knows only one, the
 * calling thread. */
struct routine_request;

/* To be called before an overlapped call is made to the base, with its arguments. Usually there is nothing to
 * do, and *ret is NULL. When the thread is another one, the routine is taken over: it becomes NULL, and for
 * the time of the call the OVERLAPPED has an event of ours. Returns 0 or WSAENOBUFS. */
extern int routine_begin( struct routine_request **ret, SOCKET s, WSAOVERLAPPED *overlapped,
                          LPWSAOVERLAPPED_COMPLETION_ROUTINE *routine, const WSATHREADID *thread );

/* To be called with the result of the base, which it hands through as base_result() does. */
extern int routine_end( struct routine_request *request, int ret, int *error );

/* --- nonblocking.c: what is known of sockets. Any thread; nothing here takes a lock. --- */

/* FALSE for a socket that nothing is known of, such as one that another process made non-blocking. */
extern BOOL nonblocking_get( SOCKET s );

/* To be called for each new socket, since handle values are reused, and when it changes. Without memory a socket
 * counts as blocking. Keeps the last error. */
extern void nonblocking_set( SOCKET s, BOOL nonblocking );

/* The same for a socket that was made without WSA_FLAG_OVERLAPPED, which is so for its life. */
extern BOOL synchronous_get( SOCKET s );
extern void synchronous_set( SOCKET s, BOOL synchronous );

/* The same for a socket that Wine's Winsock knows by learn_foreign_socket() only. For foreign.c. */
extern BOOL learned_get( SOCKET s );
extern void learned_set( SOCKET s, BOOL learned );

/* The same for a socket that is known to be of IPv4; FALSE tells nothing of the family. */
extern BOOL ipv4_get( SOCKET s );
extern void ipv4_set( SOCKET s, BOOL ipv4 );

/* The same for a socket that came from WSPSocket() or WSPAccept(). */
extern BOOL made_get( SOCKET s );
extern void made_set( SOCKET s );

/* To be called before a socket is closed: nothing is known of it then. */
extern void clear_modes( SOCKET s );

/* For DllMain. */
extern void nonblocking_uninit(void);

/* --- blocking.c: calls of a thread with a blocking hook (§7) --- */

/* For DllMain; FALSE without resources. */
extern BOOL blocking_init(void);
extern void blocking_uninit(void);

/* A call that may block, for as long as it lasts; on the stack of its thread. */
struct blocking_call
{
    LPBLOCKINGCALLBACK callback;
    DWORD_PTR context;
    BOOL cancelled;                 /* by WSPCancelBlockingCall */
    HANDLE event;                   /* of the overlapped request */
    struct blocking_call *outer;    /* while the hook runs: what the thread was in before */
};

/* Does the calling thread have a hook, and is s not known as non-blocking? INVALID_SOCKET for a call that has no
 * single socket. FALSE is to go on natively; for a thread without a hook that costs no lock, no memory and no
 * wineserver call. */
extern BOOL blocking_begin( struct blocking_call *call, SOCKET s );

/* What WSPRecv and WSPRecvFrom, WSPSend and WSPSendTo do then; addr may be NULL. Errors: WSAEINTR when the hook
 * cancels them, WSAETIMEDOUT when the time of SO_RCVTIMEO or SO_SNDTIMEO is over, WSAENOBUFS, and those of Wine's
 * Winsock. */
extern int blocking_recv( struct blocking_call *call, SOCKET s, WSABUF *buffers, DWORD count, DWORD *size,
                          DWORD *flags, struct sockaddr *addr, int *addr_len, int *error );
extern int blocking_send( struct blocking_call *call, SOCKET s, WSABUF *buffers, DWORD count, DWORD *size,
                          DWORD flags, const struct sockaddr *addr, int addr_len, int *error );

/* WSPSelect, WSPConnect, and what comes before the accept of WSPAccept: 0 when it need not wait any more. Errors:
 * WSAEINTR when the hook cancels them, WSAENOBUFS, and those of Wine's Winsock. Another thread may take the
 * connection before the accept, which then waits natively. */
extern int blocking_select( struct blocking_call *call, fd_set *read, fd_set *write, fd_set *except,
                            const struct timeval *timeout, int *error );
extern int blocking_connect( struct blocking_call *call, SOCKET s, const struct sockaddr *addr, int len,
                             WSABUF *caller_data, WSABUF *callee_data, QOS *sqos, QOS *gqos, int *error );
extern int blocking_wait_accept( struct blocking_call *call, SOCKET s, int *error );

/* Does closing s wait until its data has gone? WSPCloseSocket of such a socket; when the hook cancels it (WSAEINTR)
 * the close goes on in another thread, and s is gone as far as the application is concerned. */
extern BOOL blocking_lingers( SOCKET s );
extern int blocking_close( struct blocking_call *call, SOCKET s, int *error );

extern int WSPAPI WSPCancelBlockingCall( int *error );

/* --- ioctl.c, multipoint.c: two SPI functions that are more than a call of the base --- */

extern int WSPAPI WSPIoctl( SOCKET s, DWORD code, void *in, DWORD in_size, void *out, DWORD out_size,
                            DWORD *ret_size, WSAOVERLAPPED *overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine,
                            WSATHREADID *thread, int *error );
extern SOCKET WSPAPI WSPJoinLeaf( SOCKET s, const struct sockaddr *addr, int len, WSABUF *caller_data,
                                  WSABUF *callee_data, QOS *sqos, QOS *gqos, DWORD flags, int *error );

#endif /* __WINE_MSWSOCK_PRIVATE_H */
