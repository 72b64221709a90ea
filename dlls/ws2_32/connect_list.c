/*
 * Connecting to one of several addresses
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

/* An attempt to connect is a ConnectEx request, which can be waited for as long as the caller likes, whether the
 * socket blocks or not, and leaves that and its event selection alone. It is heap memory: a layer whose handle is not
 * the kernel's is not reached by CancelIoEx(), and completes a request that timed out when it likes. */
struct attempt
{
    OVERLAPPED overlapped;
    struct attempt *next;
};

static SRWLOCK abandoned_lock = SRWLOCK_INIT;   /* held for moments */
static struct attempt *abandoned;               /* those that timed out and have not completed */

static struct attempt *create_attempt(void)
{
    struct attempt *attempt = calloc( 1, sizeof(*attempt) );

    if (attempt && !(attempt->overlapped.hEvent = CreateEventW( NULL, TRUE, FALSE, NULL )))
    {
        free( attempt );
        return NULL;
    }
    /* The low bit keeps the packet from a completion port of the application. */
    if (attempt) attempt->overlapped.hEvent = (HANDLE)((ULONG_PTR)attempt->overlapped.hEvent | 1);
    return attempt;
}

static HANDLE attempt_event( const struct attempt *attempt )
{
    return (HANDLE)((ULONG_PTR)attempt->overlapped.hEvent & ~(ULONG_PTR)1);
}

static void free_attempt( struct attempt *attempt )
{
    CloseHandle( attempt_event( attempt ) );
    free( attempt );
}

static void abandon_attempt( struct attempt *attempt )
{
    AcquireSRWLockExclusive( &abandoned_lock );
    attempt->next = abandoned;
    abandoned = attempt;
    ReleaseSRWLockExclusive( &abandoned_lock );
}

static void free_completed_attempts(void)
{
    struct attempt **ptr = &abandoned, *attempt;

    AcquireSRWLockExclusive( &abandoned_lock );
    while ((attempt = *ptr))
    {
        if (WaitForSingleObject( attempt_event( attempt ), 0 )) ptr = &attempt->next;
        else
        {
            *ptr = attempt->next;
            free_attempt( attempt );
        }
    }
    ReleaseSRWLockExclusive( &abandoned_lock );
}

#define NEVER (~(ULONGLONG)0)

/* When to give up, in GetTickCount64() milliseconds. */
static ULONGLONG get_deadline( const struct timeval *timeout )
{
    if (!timeout) return NEVER;
    return GetTickCount64() + (ULONGLONG)timeout->tv_sec * 1000 + (timeout->tv_usec + 999) / 1000;
}

static DWORD time_left( ULONGLONG deadline )
{
    ULONGLONG now = GetTickCount64();

    if (deadline == NEVER) return INFINITE;
    if (deadline <= now) return 0;
    return min( deadline - now, MAXLONG );
}

/* Waits for a request. Returns 0 or the error; WSAETIMEDOUT when the time is over, and the request is then not the
 * caller's any more. */
static int finish_attempt( SOCKET s, struct attempt *attempt, ULONGLONG deadline )
{
    HANDLE event = attempt_event( attempt );
    DWORD transfer, flags;
    int error = 0;

    if (WaitForSingleObject( event, time_left( deadline ) ))
    {
        error = WSAETIMEDOUT;
        /* A request of the kernel's has completed then. */
        if (!CancelIoEx( (HANDLE)s, &attempt->overlapped ) || WaitForSingleObject( event, 1000 ))
        {
            abandon_attempt( attempt );
            return error;
        }
    }
    else if (!WSAGetOverlappedResult( s, &attempt->overlapped, &transfer, FALSE, &flags )) error = GetLastError();
    free_attempt( attempt );
    return error;
}

static int connect_overlapped( SOCKET s, LPFN_CONNECTEX func, const SOCKET_ADDRESS *addr, ULONGLONG deadline )
{
    struct sockaddr_storage any = {.ss_family = addr->lpSockaddr->sa_family};
    struct attempt *attempt;
    int error;

    /* ConnectEx wants a bound socket; WSAEINVAL says that it is one already. */
    if (bind( s, (struct sockaddr *)&any, min( addr->iSockaddrLength, (int)sizeof(any) ) ) &&
        GetLastError() != WSAEINVAL)
        return GetLastError();

    if (!(attempt = create_attempt())) return WSAENOBUFS;
    if (!func( s, addr->lpSockaddr, addr->iSockaddrLength, NULL, 0, NULL, &attempt->overlapped ) &&
        (error = GetLastError()) != WSA_IO_PENDING)
    {
        free_attempt( attempt );
        return error;
    }
    return finish_attempt( s, attempt, deadline );
}

/* For a layer without ConnectEx: on a socket that blocks, the time is up to it. */
static int connect_plain( SOCKET s, const SOCKET_ADDRESS *addr, ULONGLONG deadline )
{
    WSAPOLLFD fd = {.fd = s, .events = POLLWRNORM};
    int ret, error, len = sizeof(error);
    DWORD left;

    if (connect( s, addr->lpSockaddr, addr->iSockaddrLength ) && GetLastError() != WSAEWOULDBLOCK)
        return GetLastError();
    left = time_left( deadline );
    if ((ret = WSAPoll( &fd, 1, left == INFINITE ? -1 : (int)left )) == SOCKET_ERROR) return GetLastError();
    if (!ret) return WSAETIMEDOUT;
    if (!(fd.revents & (POLLERR | POLLHUP | POLLNVAL))) return 0;
    if (getsockopt( s, SOL_SOCKET, SO_ERROR, (char *)&error, &len )) return GetLastError();
    return error;
}

static LPFN_CONNECTEX get_connect_ex( SOCKET s )
{
    GUID guid = WSAID_CONNECTEX;
    LPFN_CONNECTEX func = NULL;
    DWORD size;

    if (!WSAIoctl( s, SIO_GET_EXTENSION_FUNCTION_POINTER, &guid, sizeof(guid), &func, sizeof(func), &size, NULL,
                   NULL ))
        return func;
    WARN( "socket %#Ix has no ConnectEx, error %lu.\n", s, GetLastError() );
    return NULL;
}

/* Copies an address to where the application wants it, if it wants it; WSAEFAULT if it does not fit. */
static int store_address( const struct sockaddr *addr, DWORD addr_len, struct sockaddr *ret, DWORD *ret_len )
{
    if (!ret || !ret_len) return 0;
    if (*ret_len < addr_len) return WSAEFAULT;
    memcpy( ret, addr, addr_len );
    *ret_len = addr_len;
    return 0;
}

/* Where a call connects to, and what it stores when it has. */
struct target
{
    const struct timeval *timeout;
    struct sockaddr *local, *remote;
    DWORD *local_len, *remote_len;
};

static int store_addresses( SOCKET s, const SOCKET_ADDRESS *addr, const struct target *target )
{
    struct sockaddr_storage local;
    int error, len = sizeof(local);

    if ((error = store_address( addr->lpSockaddr, addr->iSockaddrLength, target->remote, target->remote_len )))
        return error;
    if (getsockname( s, (struct sockaddr *)&local, &len )) return GetLastError();
    /* The address is told, and not the port, as on Windows. */
    SS_PORT( &local ) = 0;
    return store_address( (struct sockaddr *)&local, len, target->local, target->local_len );
}

static int connect_to_address( SOCKET s, LPFN_CONNECTEX func, const SOCKET_ADDRESS *addr, ULONGLONG deadline )
{
    if (!addr->lpSockaddr || addr->iSockaddrLength < (int)sizeof(addr->lpSockaddr->sa_family)) return WSAEFAULT;
    if (func) return connect_overlapped( s, func, addr, deadline );
    return connect_plain( s, addr, deadline );
}

/* Tries one address after the other until one connects, or the time is over. Returns 0 or the last error. */
static int connect_to_one( SOCKET s, const SOCKET_ADDRESS *addrs, unsigned int count, const struct target *target )
{
    ULONGLONG deadline = get_deadline( target->timeout );
    LPFN_CONNECTEX func = get_connect_ex( s );
    int error = WSAEINVAL;
    unsigned int i;

    free_completed_attempts();
    for (i = 0; i < count; ++i)
    {
        error = connect_to_address( s, func, &addrs[i], deadline );
        /* Linux ends the attempt before once more, and begins none (Wine 8.0 hands that on). */
        if (i && error == WSAECONNABORTED) error = connect_to_address( s, func, &addrs[i], deadline );

        TRACE( "socket %#Ix, address %u, error %d\n", s, i, error );
        if (!error) return store_addresses( s, &addrs[i], target );
        if (error == WSAETIMEDOUT && !time_left( deadline )) break;
        if (error == WSAEISCONN || error == WSAENOTSOCK) break;
    }
    return error;
}

static int get_protocol_info( SOCKET s, WSAPROTOCOL_INFOW *info )
{
    int len = sizeof(*info);

    return getsockopt( s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)info, &len ) ? GetLastError() : 0;
}

/***********************************************************************
 *      WSAConnectByList   (ws2_32.@)
 *
 * Connects a stream socket to the first address of a list that answers, within the time, if one is given, and waits
 * for it even if the socket does not block. WSAEINVAL without a list, or with anything in reserved; WSAEFAULT for
 * another type of socket, an entry that is no address, or a buffer that an address does not fit into; WSAETIMEDOUT
 * when the time is over; otherwise the error of the last address. The socket is connected as by ConnectEx.
 */
BOOL WINAPI WSAConnectByList( SOCKET s, SOCKET_ADDRESS_LIST *list, DWORD *local_len, struct sockaddr *local,
                              DWORD *remote_len, struct sockaddr *remote, const struct timeval *timeout,
                              WSAOVERLAPPED *reserved )
{
    const struct target target = {timeout, local, remote, local_len, remote_len};
    WSAPROTOCOL_INFOW info;
    int error = WSAEINVAL;

    TRACE( "socket %#Ix, list %p, local_len %p, local %p, remote_len %p, remote %p, timeout %p, reserved %p\n",
           s, list, local_len, local, remote_len, remote, timeout, reserved );

    if (!ensure_started()) return FALSE;
    if (list && list->iAddressCount > 0 && !reserved && !(error = get_protocol_info( s, &info )))
    {
        if (info.iSocketType != SOCK_STREAM) error = WSAEFAULT;
        else error = connect_to_one( s, list->Address, list->iAddressCount, &target );
    }
    if (error) SetLastError( error );
    return !error;
}

/* Returns 0 or the error. */
static int connect_to_result( SOCKET s, const ADDRINFOW *result, const struct target *target )
{
    const ADDRINFOW *info;
    SOCKET_ADDRESS *addrs;
    unsigned int count = 0;
    int error;

    for (info = result; info; info = info->ai_next) ++count;
    if (!(addrs = malloc( count * sizeof(*addrs) ))) return WSAENOBUFS;
    for (info = result, count = 0; info; info = info->ai_next, ++count)
    {
        addrs[count].lpSockaddr = info->ai_addr;
        addrs[count].iSockaddrLength = info->ai_addrlen;
    }
    error = connect_to_one( s, addrs, count, target );
    free( addrs );
    return error;
}

static int connect_by_name( SOCKET s, const WCHAR *node, const WCHAR *service, const struct target *target )
{
    const struct base_winsock *base = get_base_winsock();
    ADDRINFOW hints = {0}, *result;
    WSAPROTOCOL_INFOW info;
    int error;

    if ((error = get_protocol_info( s, &info ))) return error;
    hints.ai_family = info.iAddressFamily;
    hints.ai_socktype = info.iSocketType;
    hints.ai_protocol = info.iProtocol;
    if ((error = base->GetAddrInfoW( node, service, &hints, &result ))) return error;

    /* The name comes first, also for a socket that cannot be connected in this way, as on Windows. */
    if (info.iSocketType != SOCK_STREAM) error = WSAEFAULT;
    else error = connect_to_result( s, result, target );
    base->FreeAddrInfoW( result );
    return error;
}

/***********************************************************************
 *      WSAConnectByNameW   (ws2_32.@)
 *
 * As WSAConnectByList, with the addresses of a name. The time counts from when they are known: Wine's resolver
 * cannot be interrupted.
 */
BOOL WINAPI WSAConnectByNameW( SOCKET s, const WCHAR *node, const WCHAR *service, DWORD *local_len,
                               struct sockaddr *local, DWORD *remote_len, struct sockaddr *remote,
                               const struct timeval *timeout, WSAOVERLAPPED *reserved )
{
    const struct target target = {timeout, local, remote, local_len, remote_len};
    int error;

    TRACE( "socket %#Ix, node %s, service %s, local_len %p, local %p, remote_len %p, remote %p, timeout %p, "
           "reserved %p\n", s, debugstr_w(node), debugstr_w(service), local_len, local, remote_len, remote, timeout,
           reserved );

    if (!ensure_started()) return FALSE;
    if (!node || !service || reserved) error = WSAEINVAL;
    else error = connect_by_name( s, node, service, &target );
    if (error) SetLastError( error );
    return !error;
}

/***********************************************************************
 *      WSAConnectByNameA   (ws2_32.@)
 */
BOOL WINAPI WSAConnectByNameA( SOCKET s, const char *node, const char *service, DWORD *local_len,
                               struct sockaddr *local, DWORD *remote_len, struct sockaddr *remote,
                               const struct timeval *timeout, WSAOVERLAPPED *reserved )
{
    WCHAR *nodeW = node ? strdupAtoW( node ) : NULL;
    WCHAR *serviceW = service ? strdupAtoW( service ) : NULL;
    BOOL ret = FALSE;

    if ((node && !nodeW) || (service && !serviceW)) SetLastError( WSAENOBUFS );
    else ret = WSAConnectByNameW( s, nodeW, serviceW, local_len, local, remote_len, remote, timeout, reserved );
    free( nodeW );
    free( serviceW );
    return ret;
}
