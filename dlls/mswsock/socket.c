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

#include "mswsock_private.h"

/* Every function here is the function of the same name of Wine's own Winsock, with the error in *error instead
 * of the thread's last error. Layers call these directly, so nothing here asks who owns a handle (§15.2). */

/* Layers pass on the question for a handle, which is asked of each socket of a WSAPoll(), and Wine's Winsock looks
 * through all sockets of the process for an answer. */
BOOL is_socket( SOCKET s )
{
    WSAPROTOCOL_INFOW info;

    return made_get( s ) || is_known_socket( s ) || !get_socket_info( s, &info );
}

int get_socket_info( SOCKET s, WSAPROTOCOL_INFOW *info )
{
    int len = sizeof(*info);

    if (!get_base_winsock()->getsockopt( s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)info, &len )) return 0;
    return GetLastError() == WSAENOTSOCK ? get_foreign_socket_info( s, info ) : (int)GetLastError();
}

/* Puts our catalog entry, with Windows' name, in the place of Wine's. iProtocol stays: of a raw socket it is
 * what the application asked for. */
static void use_catalog_entry( WSAPROTOCOL_INFOW *info )
{
    const WSAPROTOCOL_INFOW *entry = find_base_entry( info->iAddressFamily, info->iSocketType, info->iProtocol );
    int protocol = info->iProtocol;

    if (!entry) return;
    *info = *entry;
    info->iProtocol = protocol;
}

/* Whether a stream socket is of IPv6. Only such ones have this option; for others Wine asks the wineserver. */
static BOOL is_ipv6( SOCKET s )
{
    DWORD last_error = GetLastError(), v6only;
    int size = sizeof(v6only);
    BOOL ret;

    ret = !get_base_winsock()->getsockopt( s, IPPROTO_IPV6, IPV6_V6ONLY, (char *)&v6only, &size );
    SetLastError( last_error );
    return ret;
}

static SOCKET WSPAPI WSPAccept( SOCKET s, struct sockaddr *addr, int *len, LPCONDITIONPROC condition,
                                DWORD_PTR context, int *error )
{
    struct blocking_call call;
    BOOL ipv4 = ipv4_get( s );
    SOCKET ret;

    TRACE( "socket %#Ix, addr %p, len %p, condition %p, context %#Ix, error %p\n",
           s, addr, len, condition, context, error );

    if (blocking_begin( &call, s ) && blocking_wait_accept( &call, s, error )) return INVALID_SOCKET;
    if ((ret = get_base_winsock()->WSAAccept( s, addr, len, condition, context )) == INVALID_SOCKET)
        return fail( error, GetLastError() );
    settle_new_socket( ret );
    nonblocking_set( ret, nonblocking_get( s ) );
    synchronous_set( ret, synchronous_get( s ) );
    ipv4_set( ret, ipv4 );
    made_set( ret );

    return register_socket( get_family_id( !ipv4 && is_ipv6( ret ) ? AF_INET6 : AF_INET ), ret, error );
}

static int WSPAPI WSPAddressToString( struct sockaddr *addr, DWORD addr_len, WSAPROTOCOL_INFOW *info,
                                      WCHAR *string, DWORD *len, int *error )
{
    TRACE( "addr %p, addr_len %lu, info %p, string %p, len %p, error %p\n", addr, addr_len, info, string, len, error );

    return base_result( get_base_winsock()->WSAAddressToStringW( addr, addr_len, info, string, len ), error );
}

/* To ask for events makes a socket non-blocking; in Wine's Winsock so does to ask for none (8.0). */
static int events_result( SOCKET s, int ret, int *error )
{
    if (!ret) nonblocking_set( s, TRUE );
    return base_result( ret, error );
}

static int WSPAPI WSPAsyncSelect( SOCKET s, HWND hwnd, unsigned int message, LONG events, int *error )
{
    TRACE( "socket %#Ix, hwnd %p, message %#x, events %#lx, error %p\n", s, hwnd, message, events, error );

    return events_result( s, get_base_winsock()->WSAAsyncSelect( s, hwnd, message, events ), error );
}

static int WSPAPI WSPBind( SOCKET s, const struct sockaddr *addr, int len, int *error )
{
    TRACE( "socket %#Ix, addr %p, len %d, error %p\n", s, addr, len, error );

    return base_result( get_base_winsock()->bind( s, addr, len ), error );
}

static int WSPAPI WSPCloseSocket( SOCKET s, int *error )
{
    struct blocking_call call;
    BOOL may_block;

    TRACE( "socket %#Ix, error %p\n", s, error );

    may_block = blocking_begin( &call, s ) && blocking_lingers( s );
    clear_modes( s );   /* before the value is another's */
    if (may_block) return blocking_close( &call, s, error );
    return base_result( get_base_winsock()->closesocket( s ), error );
}

static int WSPAPI WSPConnect( SOCKET s, const struct sockaddr *addr, int len, WSABUF *caller_data,
                              WSABUF *callee_data, QOS *sqos, QOS *gqos, int *error )
{
    struct blocking_call call;

    TRACE( "socket %#Ix, addr %p, len %d, caller_data %p, callee_data %p, sqos %p, gqos %p, error %p\n",
           s, addr, len, caller_data, callee_data, sqos, gqos, error );

    if (blocking_begin( &call, s ))
        return blocking_connect( &call, s, addr, len, caller_data, callee_data, sqos, gqos, error );
    return base_result( get_base_winsock()->WSAConnect( s, addr, len, caller_data, callee_data, sqos, gqos ), error );
}

static int WSPAPI WSPDuplicateSocket( SOCKET s, DWORD process, WSAPROTOCOL_INFOW *info, int *error )
{
    WSAPROTOCOL_INFOW marked;
    DWORD handle;

    TRACE( "socket %#Ix, process %04lx, info %p, error %p\n", s, process, info, error );

    if (get_base_winsock()->WSADuplicateSocketW( s, process, info ? &marked : NULL ))
        return fail( error, GetLastError() );

    /* Wine's Winsock does not look whether the target process had room for another handle. */
    if (!(handle = marked.dwServiceFlags3)) return fail( error, WSAEMFILE );

    if (process == GetCurrentProcessId())
    {
        nonblocking_set( handle, nonblocking_get( s ) );
        synchronous_set( handle, synchronous_get( s ) );
    }
    use_catalog_entry( &marked );
    marked.dwProviderReserved = handle;
    set_duplicate_mark( &marked, handle );
    *info = marked;
    return 0;
}

static int WSPAPI WSPEnumNetworkEvents( SOCKET s, WSAEVENT event, WSANETWORKEVENTS *events, int *error )
{
    TRACE( "socket %#Ix, event %p, events %p, error %p\n", s, event, events, error );

    return base_result( get_base_winsock()->WSAEnumNetworkEvents( s, event, events ), error );
}

static int WSPAPI WSPEventSelect( SOCKET s, WSAEVENT event, LONG events, int *error )
{
    TRACE( "socket %#Ix, event %p, events %#lx, error %p\n", s, event, events, error );

    return events_result( s, get_base_winsock()->WSAEventSelect( s, event, events ), error );
}

static BOOL WSPAPI WSPGetOverlappedResult( SOCKET s, WSAOVERLAPPED *overlapped, DWORD *size, BOOL wait,
                                           DWORD *flags, int *error )
{
    TRACE( "socket %#Ix, overlapped %p, size %p, wait %d, flags %p, error %p\n",
           s, overlapped, size, wait, flags, error );

    return base_bool( get_base_winsock()->WSAGetOverlappedResult( s, overlapped, size, wait, flags ), error );
}

static int WSPAPI WSPGetPeerName( SOCKET s, struct sockaddr *addr, int *len, int *error )
{
    TRACE( "socket %#Ix, addr %p, len %p, error %p\n", s, addr, len, error );

    return base_result( get_base_winsock()->getpeername( s, addr, len ), error );
}

static int WSPAPI WSPGetSockName( SOCKET s, struct sockaddr *addr, int *len, int *error )
{
    TRACE( "socket %#Ix, addr %p, len %p, error %p\n", s, addr, len, error );

    return base_result( get_base_winsock()->getsockname( s, addr, len ), error );
}

static void info_to_ansi( const WSAPROTOCOL_INFOW *info, WSAPROTOCOL_INFOA *ret )
{
    memcpy( ret, info, offsetof( WSAPROTOCOL_INFOA, szProtocol ) );
    WideCharToMultiByte( CP_ACP, 0, info->szProtocol, -1, ret->szProtocol, sizeof(ret->szProtocol), NULL, NULL );
}

/* The base answers SO_PROTOCOL_INFO with its catalog entry. ws2_32 asks this of a handle that it has not seen, to learn
 * whether it is a socket; if so, the handle is one for Wine's Winsock from then on. */
static int get_protocol_info( SOCKET s, int option, char *value, int *len, int *error )
{
    int size = option == SO_PROTOCOL_INFOW ? sizeof(WSAPROTOCOL_INFOW) : sizeof(WSAPROTOCOL_INFOA);
    WSAPROTOCOL_INFOW info;
    int code;

    learn_foreign_socket( s );
    if ((code = get_socket_info( s, &info ))) return fail( error, code );
    if (!len || *len <= 0) return fail( error, WSAEFAULT );
    if (!value || *len < size)
    {
        *len = size;
        return fail( error, WSAEFAULT );
    }

    use_catalog_entry( &info );
    if (option == SO_PROTOCOL_INFOW) memcpy( value, &info, sizeof(info) );
    else info_to_ansi( &info, (WSAPROTOCOL_INFOA *)value );
    return 0;
}

static int WSPAPI WSPGetSockOpt( SOCKET s, int level, int option, char *value, int *len, int *error )
{
    TRACE( "socket %#Ix, level %d, option %#x, value %p, len %p, error %p\n", s, level, option, value, len, error );

    if (level == SOL_SOCKET && (option == SO_PROTOCOL_INFOA || option == SO_PROTOCOL_INFOW))
        return get_protocol_info( s, option, value, len, error );

    return base_result( get_base_winsock()->getsockopt( s, level, option, value, len ), error );
}

/* Wine's Winsock has no QOS templates, and fails without setting an error. */
static BOOL WSPAPI WSPGetQOSByName( SOCKET s, WSABUF *name, QOS *qos, int *error )
{
    TRACE( "socket %#Ix, name %p, qos %p, error %p\n", s, name, qos, error );

    SetLastError( is_socket( s ) ? WSAEINVAL : WSAENOTSOCK );
    return base_bool( get_base_winsock()->WSAGetQOSByName( s, name, qos ), error );
}

static int WSPAPI WSPListen( SOCKET s, int backlog, int *error )
{
    TRACE( "socket %#Ix, backlog %d, error %p\n", s, backlog, error );

    return base_result( get_base_winsock()->listen( s, backlog ), error );
}

static int WSPAPI WSPRecv( SOCKET s, WSABUF *buffers, DWORD count, DWORD *size, DWORD *flags,
                           WSAOVERLAPPED *overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine,
                           WSATHREADID *thread, int *error )
{
    struct routine_request *request;
    struct blocking_call call;
    int code;

    TRACE( "socket %#Ix, buffers %p, count %lu, size %p, flags %p, overlapped %p, routine %p, thread %p, error %p\n",
           s, buffers, count, size, flags, overlapped, routine, thread, error );

    if (!overlapped && blocking_begin( &call, s ))
        return blocking_recv( &call, s, buffers, count, size, flags, NULL, NULL, error );
    if ((code = routine_begin( &request, s, overlapped, &routine, thread ))) return fail( error, code );
    return routine_end( request, get_base_winsock()->WSARecv( s, buffers, count, size, flags, overlapped, routine ),
                        error );
}

static int WSPAPI WSPRecvDisconnect( SOCKET s, WSABUF *data, int *error )
{
    TRACE( "socket %#Ix, data %p, error %p\n", s, data, error );

    return base_result( get_base_winsock()->WSARecvDisconnect( s, data ), error );
}

static int WSPAPI WSPRecvFrom( SOCKET s, WSABUF *buffers, DWORD count, DWORD *size, DWORD *flags,
                               struct sockaddr *from, int *from_len, WSAOVERLAPPED *overlapped,
                               LPWSAOVERLAPPED_COMPLETION_ROUTINE routine, WSATHREADID *thread, int *error )
{
    struct routine_request *request;
    struct blocking_call call;
    int code;

    TRACE( "socket %#Ix, buffers %p, count %lu, size %p, flags %p, from %p, from_len %p, overlapped %p, "
           "routine %p, thread %p, error %p\n",
           s, buffers, count, size, flags, from, from_len, overlapped, routine, thread, error );

    if (!overlapped && blocking_begin( &call, s ))
        return blocking_recv( &call, s, buffers, count, size, flags, from, from_len, error );
    if ((code = routine_begin( &request, s, overlapped, &routine, thread ))) return fail( error, code );
    return routine_end( request, get_base_winsock()->WSARecvFrom( s, buffers, count, size, flags, from, from_len,
                                                                  overlapped, routine ), error );
}

static int WSPAPI WSPSelect( int count, fd_set *read, fd_set *write, fd_set *except, const struct timeval *timeout,
                             int *error )
{
    struct blocking_call call;

    TRACE( "count %d, read %p, write %p, except %p, timeout %p, error %p\n",
           count, read, write, except, timeout, error );

    if ((!timeout || timeout->tv_sec || timeout->tv_usec) && blocking_begin( &call, INVALID_SOCKET ))
        return blocking_select( &call, read, write, except, timeout, error );
    return base_result( get_base_winsock()->select( count, read, write, except, timeout ), error );
}

static int WSPAPI WSPSend( SOCKET s, WSABUF *buffers, DWORD count, DWORD *size, DWORD flags,
                           WSAOVERLAPPED *overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine,
                           WSATHREADID *thread, int *error )
{
    struct routine_request *request;
    struct blocking_call call;
    int code;

    TRACE( "socket %#Ix, buffers %p, count %lu, size %p, flags %#lx, overlapped %p, routine %p, thread %p, error %p\n",
           s, buffers, count, size, flags, overlapped, routine, thread, error );

    if (!overlapped && blocking_begin( &call, s ))
        return blocking_send( &call, s, buffers, count, size, flags, NULL, 0, error );
    if ((code = routine_begin( &request, s, overlapped, &routine, thread ))) return fail( error, code );
    return routine_end( request, get_base_winsock()->WSASend( s, buffers, count, size, flags, overlapped, routine ),
                        error );
}

static int WSPAPI WSPSendDisconnect( SOCKET s, WSABUF *data, int *error )
{
    TRACE( "socket %#Ix, data %p, error %p\n", s, data, error );

    return base_result( get_base_winsock()->WSASendDisconnect( s, data ), error );
}

static int WSPAPI WSPSendTo( SOCKET s, WSABUF *buffers, DWORD count, DWORD *size, DWORD flags,
                             const struct sockaddr *to, int to_len, WSAOVERLAPPED *overlapped,
                             LPWSAOVERLAPPED_COMPLETION_ROUTINE routine, WSATHREADID *thread, int *error )
{
    struct routine_request *request;
    struct blocking_call call;
    int code;

    TRACE( "socket %#Ix, buffers %p, count %lu, size %p, flags %#lx, to %p, to_len %d, overlapped %p, "
           "routine %p, thread %p, error %p\n",
           s, buffers, count, size, flags, to, to_len, overlapped, routine, thread, error );

    if (!overlapped && blocking_begin( &call, s ))
        return blocking_send( &call, s, buffers, count, size, flags, to, to_len, error );
    if ((code = routine_begin( &request, s, overlapped, &routine, thread ))) return fail( error, code );
    return routine_end( request, get_base_winsock()->WSASendTo( s, buffers, count, size, flags, to, to_len,
                                                                overlapped, routine ), error );
}

static int WSPAPI WSPSetSockOpt( SOCKET s, int level, int option, const char *value, int len, int *error )
{
    TRACE( "socket %#Ix, level %d, option %#x, value %p, len %d, error %p\n", s, level, option, value, len, error );

    return base_result( get_base_winsock()->setsockopt( s, level, option, value, len ), error );
}

static int WSPAPI WSPShutdown( SOCKET s, int how, int *error )
{
    TRACE( "socket %#Ix, how %d, error %p\n", s, how, error );

    return base_result( get_base_winsock()->shutdown( s, how ), error );
}

/* Where the handle of a duplicated socket is: a layer overwrites all but dwProviderReserved with its own catalog entry
 * (§5.5), and a program that is not under winelsp knows Wine's mark only. 0 if the structure is of no such socket. */
static DWORD get_duplicate( const WSAPROTOCOL_INFOW *info )
{
    return info->dwProviderReserved ? info->dwProviderReserved : get_marked_duplicate( info );
}

/* The structure serves once: then Wine's Winsock knows the handle. */
static SOCKET open_duplicate( DWORD handle )
{
    if (learn_foreign_socket( handle )) return handle;
    WARN( "handle %#lx is no duplicated socket, or was opened before.\n", handle );
    SetLastError( WSAEINVAL );
    return INVALID_SOCKET;
}

/* What is 0 or FROM_PROTOCOL_INFO in the triple, Wine's Winsock takes from *info, as it does for an application
 * that gives the structure itself. */
static SOCKET WSPAPI WSPSocket( int af, int type, int protocol, WSAPROTOCOL_INFOW *info, GROUP group, DWORD flags,
                                int *error )
{
    DWORD duplicate;
    SOCKET s;

    TRACE( "af %d, type %d, protocol %d, info %p (id %lu, reserved %#lx), group %u, flags %#lx, error %p\n",
           af, type, protocol, info, info ? info->dwCatalogEntryId : 0, info ? info->dwProviderReserved : 0,
           group, flags, error );

    if (!info) return fail( error, WSAEFAULT );

    if ((duplicate = get_duplicate( info )))
        s = open_duplicate( duplicate );
    else if ((s = get_base_winsock()->WSASocketW( af, type, protocol, info, group, flags )) != INVALID_SOCKET)
    {
        settle_new_socket( s );
        nonblocking_set( s, FALSE );
        synchronous_set( s, !(flags & WSA_FLAG_OVERLAPPED) );
        ipv4_set( s, af == AF_INET );
        made_set( s );
    }
    if (s == INVALID_SOCKET) return fail( error, GetLastError() );

    return register_socket( info->dwCatalogEntryId, s, error );
}

static int WSPAPI WSPStringToAddress( WCHAR *string, int family, WSAPROTOCOL_INFOW *info, struct sockaddr *addr,
                                      int *len, int *error )
{
    TRACE( "string %s, family %d, info %p, addr %p, len %p, error %p\n",
           debugstr_w(string), family, info, addr, len, error );

    return base_result( get_base_winsock()->WSAStringToAddressW( string, family, info, addr, len ), error );
}

const WSPPROC_TABLE proc_table =
{
    .lpWSPAccept = WSPAccept,
    .lpWSPAddressToString = WSPAddressToString,
    .lpWSPAsyncSelect = WSPAsyncSelect,
    .lpWSPBind = WSPBind,
    .lpWSPCancelBlockingCall = WSPCancelBlockingCall,
    .lpWSPCleanup = WSPCleanup,
    .lpWSPCloseSocket = WSPCloseSocket,
    .lpWSPConnect = WSPConnect,
    .lpWSPDuplicateSocket = WSPDuplicateSocket,
    .lpWSPEnumNetworkEvents = WSPEnumNetworkEvents,
    .lpWSPEventSelect = WSPEventSelect,
    .lpWSPGetOverlappedResult = WSPGetOverlappedResult,
    .lpWSPGetPeerName = WSPGetPeerName,
    .lpWSPGetSockName = WSPGetSockName,
    .lpWSPGetSockOpt = WSPGetSockOpt,
    .lpWSPGetQOSByName = WSPGetQOSByName,
    .lpWSPIoctl = WSPIoctl,
    .lpWSPJoinLeaf = WSPJoinLeaf,
    .lpWSPListen = WSPListen,
    .lpWSPRecv = WSPRecv,
    .lpWSPRecvDisconnect = WSPRecvDisconnect,
    .lpWSPRecvFrom = WSPRecvFrom,
    .lpWSPSelect = WSPSelect,
    .lpWSPSend = WSPSend,
    .lpWSPSendDisconnect = WSPSendDisconnect,
    .lpWSPSendTo = WSPSendTo,
    .lpWSPSetSockOpt = WSPSetSockOpt,
    .lpWSPShutdown = WSPShutdown,
    .lpWSPSocket = WSPSocket,
    .lpWSPStringToAddress = WSPStringToAddress,
};
