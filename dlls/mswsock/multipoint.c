/*
 * WSPJoinLeaf of the base provider
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

static BOOL is_multicast( const struct sockaddr *addr )
{
    if (addr->sa_family == AF_INET)
        return (ntohl( ((const struct sockaddr_in *)addr)->sin_addr.s_addr ) & 0xf0000000) == 0xe0000000;
    return IN6_IS_ADDR_MULTICAST( &((const struct sockaddr_in6 *)addr)->sin6_addr );
}

/* Whether s can be a leaf of the group addr. Returns 0 or the error. */
static int check_leaf( SOCKET s, const struct sockaddr *addr, int len, DWORD flags )
{
    WSAPROTOCOL_INFOW info;
    int error;

    if ((error = get_socket_info( s, &info ))) return error;
    if (flags != JL_SENDER_ONLY && flags != JL_RECEIVER_ONLY && flags != JL_BOTH) return WSAEINVAL;
    if (!addr || len < (int)sizeof(addr->sa_family)) return WSAEFAULT;
    if (info.iSocketType != SOCK_DGRAM || (info.iAddressFamily != AF_INET && info.iAddressFamily != AF_INET6))
        return WSAEOPNOTSUPP;
    if (addr->sa_family != info.iAddressFamily) return WSAEAFNOSUPPORT;
    if (len < info.iMinSockAddr) return WSAEFAULT;
    return is_multicast( addr ) ? 0 : WSAEADDRNOTAVAIL;
}

/* A socket without a local address gets one. Returns what it has. */
static int ensure_bound( SOCKET s, int family, SOCKADDR_STORAGE *local )
{
    const struct base_winsock *base = get_base_winsock();
    int len = sizeof(*local);

    if (!base->getsockname( s, (struct sockaddr *)local, &len )) return 0;
    if (GetLastError() != WSAEINVAL) return SOCKET_ERROR;

    memset( local, 0, sizeof(*local) );
    local->ss_family = family;
    len = family == AF_INET ? sizeof(struct sockaddr_in) : sizeof(struct sockaddr_in6);
    return base->bind( s, (struct sockaddr *)local, len );
}

/* The interface is that of the local address; if that is none in particular, the one that the socket sends its
 * multicasts by. */
static int join_ipv4_group( SOCKET s, const struct sockaddr_in *addr, const struct sockaddr_in *local )
{
    const struct base_winsock *base = get_base_winsock();
    struct ip_mreq mreq = {.imr_multiaddr = addr->sin_addr, .imr_interface = local->sin_addr};
    int len = sizeof(mreq.imr_interface);

    if (mreq.imr_interface.s_addr == INADDR_ANY)
        base->getsockopt( s, IPPROTO_IP, IP_MULTICAST_IF, (char *)&mreq.imr_interface, &len );
    return base->setsockopt( s, IPPROTO_IP, IP_ADD_MEMBERSHIP, (char *)&mreq, sizeof(mreq) );
}

static int join_ipv6_group( SOCKET s, const struct sockaddr_in6 *addr, const struct sockaddr_in6 *local )
{
    const struct base_winsock *base = get_base_winsock();
    struct ipv6_mreq mreq = {.ipv6mr_multiaddr = addr->sin6_addr};
    int len = sizeof(mreq.ipv6mr_interface);

    mreq.ipv6mr_interface = addr->sin6_scope_id ? addr->sin6_scope_id : local->sin6_scope_id;
    if (!mreq.ipv6mr_interface)
        base->getsockopt( s, IPPROTO_IPV6, IPV6_MULTICAST_IF, (char *)&mreq.ipv6mr_interface, &len );
    return base->setsockopt( s, IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP, (char *)&mreq, sizeof(mreq) );
}

static int join_group( SOCKET s, const struct sockaddr *addr, const SOCKADDR_STORAGE *local )
{
    if (addr->sa_family == AF_INET)
        return join_ipv4_group( s, (const struct sockaddr_in *)addr, (const struct sockaddr_in *)local );
    return join_ipv6_group( s, (const struct sockaddr_in6 *)addr, (const struct sockaddr_in6 *)local );
}

/* Wine's own function is a stub. IP multicast has no root and knows no leaf but the socket itself, so that is
 * what comes back (§5.10); a sender needs no membership. Errors: WSAENOTSOCK, WSAEINVAL (flags), WSAEFAULT
 * (address), WSAEOPNOTSUPP (no IP datagram socket), WSAEAFNOSUPPORT (address of another family),
 * WSAEADDRNOTAVAIL (no multicast address), and those of bind and setsockopt. */
SOCKET WSPAPI WSPJoinLeaf( SOCKET s, const struct sockaddr *addr, int len, WSABUF *caller_data, WSABUF *callee_data,
                           QOS *sqos, QOS *gqos, DWORD flags, int *error )
{
    SOCKADDR_STORAGE local;
    int code;

    TRACE( "socket %#Ix, addr %p, len %d, caller_data %p, callee_data %p, sqos %p, gqos %p, flags %#lx, error %p\n",
           s, addr, len, caller_data, callee_data, sqos, gqos, flags, error );

    if ((code = check_leaf( s, addr, len, flags ))) return fail( error, code );
    if (ensure_bound( s, addr->sa_family, &local )) return fail( error, GetLastError() );
    if (flags != JL_SENDER_ONLY && join_group( s, addr, &local )) return fail( error, GetLastError() );
    return s;
}
