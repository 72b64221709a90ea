/*
 * Arguments and results as text
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


#include <stdarg.h>
#include <stdio.h>

#include "tracelsp.h"

__attribute__((format(printf,1,2))) static struct text format_text( const char *format, ... )
{
    struct text ret;
    va_list args;

    va_start( args, format );
    vsnprintf( ret.str, sizeof(ret.str), format, args );
    va_end( args );
    ret.str[sizeof(ret.str) - 1] = 0;
    return ret;
}

struct text text_address( const struct sockaddr *address, int len )
{
    const struct sockaddr_in *in = (const struct sockaddr_in *)address;
    const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)address;
    char str[INET6_ADDRSTRLEN];

    if (!address || len < (int)sizeof(address->sa_family) || IsBadReadPtr( address, len )) return format_text( "?" );
    if (address->sa_family == AF_INET && len >= (int)sizeof(*in) &&
        inet_ntop( AF_INET, (void *)&in->sin_addr, str, sizeof(str) ))
        return format_text( "%s:%u", str, ntohs( in->sin_port ) );
    if (address->sa_family == AF_INET6 && len >= (int)sizeof(*in6) &&
        inet_ntop( AF_INET6, (void *)&in6->sin6_addr, str, sizeof(str) ))
        return format_text( "[%s]:%u", str, ntohs( in6->sin6_port ) );
    return format_text( "family-%u", address->sa_family );
}

struct text text_buffers( const WSABUF *buffers, DWORD count )
{
    unsigned long size = 0;
    DWORD i;

    if (count > 0xffffff || IsBadReadPtr( buffers, count * sizeof(*buffers) )) return format_text( "? bytes" );
    for (i = 0; i < count; ++i) size += buffers[i].len;
    return format_text( "%lu bytes", size );
}

struct text text_message( const WSAMSG *msg )
{
    struct text size;

    if (IsBadReadPtr( msg, sizeof(*msg) )) return format_text( "? bytes" );
    size = text_buffers( msg->lpBuffers, msg->dwBufferCount );
    if (!msg->name) return size;
    return format_text( "%s to %s", size.str, text_address( msg->name, msg->namelen ).str );
}

struct text text_overlapped( const OVERLAPPED *overlapped )
{
    if (!overlapped) return format_text( "%s", "" );
    return format_text( " ov=%p", (const void *)overlapped );
}

struct text text_error( int error )
{
    static const struct
    {
        int error;
        const char *name;
    }
    names[] =
    {
#define E(name) {name, #name}
        E(WSA_INVALID_HANDLE), E(WSA_NOT_ENOUGH_MEMORY), E(WSA_INVALID_PARAMETER), E(WSA_OPERATION_ABORTED),
        E(WSA_IO_INCOMPLETE), E(WSA_IO_PENDING), E(WSAEINTR), E(WSAEBADF), E(WSAEACCES), E(WSAEFAULT), E(WSAEINVAL),
        E(WSAEMFILE), E(WSAEWOULDBLOCK), E(WSAEINPROGRESS), E(WSAEALREADY), E(WSAENOTSOCK), E(WSAEDESTADDRREQ),
        E(WSAEMSGSIZE), E(WSAEPROTOTYPE), E(WSAENOPROTOOPT), E(WSAEPROTONOSUPPORT), E(WSAESOCKTNOSUPPORT),
        E(WSAEOPNOTSUPP), E(WSAEPFNOSUPPORT), E(WSAEAFNOSUPPORT), E(WSAEADDRINUSE), E(WSAEADDRNOTAVAIL),
        E(WSAENETDOWN), E(WSAENETUNREACH), E(WSAENETRESET), E(WSAECONNABORTED), E(WSAECONNRESET), E(WSAENOBUFS),
        E(WSAEISCONN), E(WSAENOTCONN), E(WSAESHUTDOWN), E(WSAETOOMANYREFS), E(WSAETIMEDOUT), E(WSAECONNREFUSED),
        E(WSAELOOP), E(WSAENAMETOOLONG), E(WSAEHOSTDOWN), E(WSAEHOSTUNREACH), E(WSAEPROCLIM), E(WSASYSNOTREADY),
        E(WSAVERNOTSUPPORTED), E(WSANOTINITIALISED), E(WSAEDISCON), E(WSAECANCELLED), E(WSAEINVALIDPROCTABLE),
        E(WSAEINVALIDPROVIDER), E(WSAEPROVIDERFAILEDINIT), E(WSASYSCALLFAILURE), E(WSAEREFUSED), E(WSATRY_AGAIN),
        E(WSANO_RECOVERY),
#undef E
    };
    unsigned int i;

    for (i = 0; i < sizeof(names) / sizeof(names[0]); ++i)
        if (names[i].error == error) return format_text( "%s", names[i].name );
    return format_text( "error-%d", error );
}

struct text text_string( const WCHAR *string )
{
    struct text ret;

    if (!WideCharToMultiByte( CP_UTF8, 0, string, -1, ret.str, sizeof(ret.str), NULL, NULL )) return format_text( "?" );
    return ret;
}

struct text text_result( int ret, int error )
{
    return ret == SOCKET_ERROR ? text_error( error ) : format_text( "%d", ret );
}

struct text text_bytes( int ret, int error, const DWORD *size )
{
    if (ret == SOCKET_ERROR) return text_error( error );
    if (!size) return format_text( "0" );
    return format_text( "%lu bytes", (unsigned long)*size );
}

struct text text_socket( SOCKET s, int error )
{
    return s == INVALID_SOCKET ? text_error( error ) : format_text( "s=%04lx", (unsigned long)s );
}
