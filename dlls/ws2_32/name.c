/*
 * Names, services and byte order
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

/* Name resolution is Wine's own, and consults no provider of the name-space catalog: each of these calls the function
 * of the same name in Wine's Winsock, which sets the last error. Without it they fail with WSASYSNOTREADY, as
 * WSAStartup did.
 * Whether WSAStartup must come first is left to Wine as well: wineboot calls gethostname() and getaddrinfo()
 * without it, and so does jsproxy (8.0). */

/***********************************************************************
 *      getaddrinfo   (ws2_32.@)
 */
int WINAPI getaddrinfo( const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **ret )
{
    CALL_BASE( EAI_FAIL, getaddrinfo, node, service, hints, ret );
}

/***********************************************************************
 *      GetAddrInfoW   (ws2_32.@)
 */
int WINAPI GetAddrInfoW( const WCHAR *node, const WCHAR *service, const ADDRINFOW *hints, ADDRINFOW **ret )
{
    CALL_BASE( EAI_FAIL, GetAddrInfoW, node, service, hints, ret );
}

/***********************************************************************
 *      GetAddrInfoExW   (ws2_32.@)
 */
int WINAPI GetAddrInfoExW( const WCHAR *name, const WCHAR *service, DWORD name_space, GUID *id,
                           const ADDRINFOEXW *hints, ADDRINFOEXW **ret, struct timeval *timeout,
                           OVERLAPPED *overlapped, LPLOOKUPSERVICE_COMPLETION_ROUTINE completion, HANDLE *handle )
{
    CALL_BASE( EAI_FAIL, GetAddrInfoExW, name, service, name_space, id, hints, ret, timeout, overlapped, completion,
               handle );
}

/* The names of a result become ANSI ones where they are, so that Wine's FreeAddrInfoEx() frees them as it frees wide
 * ones. Returns 0 or WSA_NOT_ENOUGH_MEMORY. */
static int names_WtoA( ADDRINFOEXW *info )
{
    char name[NI_MAXHOST * 3];
    int size, len;

    for (; info; info = info->ai_next)
    {
        if (!info->ai_canonname) continue;
        len = wcslen( info->ai_canonname ) + 1;
        size = WideCharToMultiByte( CP_ACP, 0, info->ai_canonname, len, name, sizeof(name), NULL, NULL );
        if (!size || size > len * (int)sizeof(WCHAR)) return WSA_NOT_ENOUGH_MEMORY;
        memcpy( info->ai_canonname, name, size );
    }
    return 0;
}

/***********************************************************************
 *      GetAddrInfoExA   (ws2_32.@)
 *
 * Only the wide function can be asynchronous: WSAEINVAL with anything for that.
 */
int WINAPI GetAddrInfoExA( const char *name, const char *service, DWORD name_space, GUID *id,
                           const ADDRINFOEXA *hints, ADDRINFOEXA **ret, struct timeval *timeout,
                           OVERLAPPED *overlapped, LPLOOKUPSERVICE_COMPLETION_ROUTINE completion, HANDLE *handle )
{
    WCHAR *nameW = name ? strdupAtoW( name ) : NULL;
    WCHAR *serviceW = service ? strdupAtoW( service ) : NULL;
    ADDRINFOEXW *result = NULL;
    int error;

    TRACE( "name %s, service %s, name_space %lu, id %s, hints %p, ret %p, timeout %p, overlapped %p, completion %p, "
           "handle %p\n", debugstr_a(name), debugstr_a(service), name_space, debugstr_guid(id), hints, ret, timeout,
           overlapped, completion, handle );

    if (overlapped || completion || handle || !ret)
        error = WSAEINVAL;
    else if ((name && !nameW) || (service && !serviceW))
        error = WSA_NOT_ENOUGH_MEMORY;
    else if (!(error = GetAddrInfoExW( nameW, serviceW, name_space, id, (const ADDRINFOEXW *)hints, &result, timeout,
                                       NULL, NULL, NULL )) && (error = names_WtoA( result )))
    {
        FreeAddrInfoExW( result );
        result = NULL;
    }
    if (ret) *ret = (ADDRINFOEXA *)result;
    free( nameW );
    free( serviceW );
    SetLastError( error );
    return error;
}

/***********************************************************************
 *      SetAddrInfoExW   (ws2_32.@)
 *
 * Wine's name resolution registers no names.
 */
int WINAPI SetAddrInfoExW( const WCHAR *name, const WCHAR *service, SOCKET_ADDRESS *addrs, DWORD count, BLOB *blob,
                           DWORD flags, DWORD name_space, GUID *id, struct timeval *timeout, OVERLAPPED *overlapped,
                           LPLOOKUPSERVICE_COMPLETION_ROUTINE completion, HANDLE *handle )
{
    FIXME( "name %s, service %s, addrs %p, count %lu, blob %p, flags %#lx, name_space %lu, id %s, timeout %p, "
           "overlapped %p, completion %p, handle %p\n", debugstr_w(name), debugstr_w(service), addrs, count, blob,
           flags, name_space, debugstr_guid(id), timeout, overlapped, completion, handle );

    SetLastError( WSANO_RECOVERY );
    return WSANO_RECOVERY;
}

/***********************************************************************
 *      SetAddrInfoExA   (ws2_32.@)
 */
int WINAPI SetAddrInfoExA( const char *name, const char *service, SOCKET_ADDRESS *addrs, DWORD count, BLOB *blob,
                           DWORD flags, DWORD name_space, GUID *id, struct timeval *timeout, OVERLAPPED *overlapped,
                           LPLOOKUPSERVICE_COMPLETION_ROUTINE completion, HANDLE *handle )
{
    FIXME( "name %s, service %s, addrs %p, count %lu, blob %p, flags %#lx, name_space %lu, id %s, timeout %p, "
           "overlapped %p, completion %p, handle %p\n", debugstr_a(name), debugstr_a(service), addrs, count, blob,
           flags, name_space, debugstr_guid(id), timeout, overlapped, completion, handle );

    SetLastError( WSANO_RECOVERY );
    return WSANO_RECOVERY;
}

/***********************************************************************
 *      GetAddrInfoExOverlappedResult   (ws2_32.@)
 */
int WINAPI GetAddrInfoExOverlappedResult( OVERLAPPED *overlapped )
{
    CALL_BASE( WSASYSNOTREADY, GetAddrInfoExOverlappedResult, overlapped );
}

/***********************************************************************
 *      GetAddrInfoExCancel   (ws2_32.@)
 */
int WINAPI GetAddrInfoExCancel( HANDLE *handle )
{
    CALL_BASE( WSASYSNOTREADY, GetAddrInfoExCancel, handle );
}

/***********************************************************************
 *      freeaddrinfo   (ws2_32.@)
 */
void WINAPI freeaddrinfo( struct addrinfo *info )
{
    CALL_BASE( , freeaddrinfo, info );
}

/***********************************************************************
 *      FreeAddrInfoW   (ws2_32.@)
 */
void WINAPI FreeAddrInfoW( ADDRINFOW *info )
{
    CALL_BASE( , FreeAddrInfoW, info );
}

/***********************************************************************
 *      FreeAddrInfoEx   (ws2_32.@)
 */
void WINAPI FreeAddrInfoEx( ADDRINFOEXA *info )
{
    CALL_BASE( , FreeAddrInfoEx, info );
}

/***********************************************************************
 *      FreeAddrInfoExW   (ws2_32.@)
 */
void WINAPI FreeAddrInfoExW( ADDRINFOEXW *info )
{
    CALL_BASE( , FreeAddrInfoExW, info );
}

/***********************************************************************
 *      getnameinfo   (ws2_32.@)
 */
int WINAPI getnameinfo( const SOCKADDR *addr, socklen_t addr_len, char *host, DWORD host_len, char *service,
                        DWORD service_len, int flags )
{
    CALL_BASE( EAI_FAIL, getnameinfo, addr, addr_len, host, host_len, service, service_len, flags );
}

/***********************************************************************
 *      GetNameInfoW   (ws2_32.@)
 */
int WINAPI GetNameInfoW( const SOCKADDR *addr, socklen_t addr_len, WCHAR *host, DWORD host_len, WCHAR *service,
                         DWORD service_len, int flags )
{
    CALL_BASE( EAI_FAIL, GetNameInfoW, addr, addr_len, host, host_len, service, service_len, flags );
}

/***********************************************************************
 *      gethostbyaddr   (ws2_32.51)
 */
struct hostent * WINAPI gethostbyaddr( const char *addr, int len, int family )
{
    CALL_BASE_1_1( NULL, gethostbyaddr, addr, len, family );
}

/***********************************************************************
 *      gethostbyname   (ws2_32.52)
 */
struct hostent * WINAPI gethostbyname( const char *name )
{
    CALL_BASE_1_1( NULL, gethostbyname, name );
}

/***********************************************************************
 *      getprotobyname   (ws2_32.53)
 */
struct protoent * WINAPI getprotobyname( const char *name )
{
    CALL_BASE_1_1( NULL, getprotobyname, name );
}

/***********************************************************************
 *      getprotobynumber   (ws2_32.54)
 */
struct protoent * WINAPI getprotobynumber( int number )
{
    CALL_BASE_1_1( NULL, getprotobynumber, number );
}

/***********************************************************************
 *      getservbyname   (ws2_32.55)
 */
struct servent * WINAPI getservbyname( const char *name, const char *proto )
{
    CALL_BASE_1_1( NULL, getservbyname, name, proto );
}

/***********************************************************************
 *      getservbyport   (ws2_32.56)
 */
struct servent * WINAPI getservbyport( int port, const char *proto )
{
    CALL_BASE_1_1( NULL, getservbyport, port, proto );
}

/***********************************************************************
 *      gethostname   (ws2_32.57)
 */
int WINAPI gethostname( char *name, int len )
{
    CALL_BASE_1_1( SOCKET_ERROR, gethostname, name, len );
}

/***********************************************************************
 *      GetHostNameW   (ws2_32.@)
 */
int WINAPI GetHostNameW( WCHAR *name, int len )
{
    CALL_BASE( SOCKET_ERROR, GetHostNameW, name, len );
}

/***********************************************************************
 *      inet_ntoa   (ws2_32.12)
 */
char * WINAPI inet_ntoa( struct in_addr addr )
{
    CALL_BASE( NULL, inet_ntoa, addr );
}

/***********************************************************************
 *      inet_addr   (ws2_32.11)
 */
u_long WINAPI inet_addr( const char *str )
{
    CALL_BASE( INADDR_NONE, inet_addr, str );
}

/***********************************************************************
 *      inet_ntop   (ws2_32.@)
 */
const char * WINAPI inet_ntop( int family, void *addr, char *buffer, SIZE_T len )
{
    CALL_BASE( NULL, inet_ntop, family, addr, buffer, len );
}

/***********************************************************************
 *      inet_pton   (ws2_32.@)
 */
int WINAPI inet_pton( int family, const char *str, void *addr )
{
    CALL_BASE( -1, inet_pton, family, str, addr );
}

/***********************************************************************
 *      InetNtopW   (ws2_32.@)
 */
const WCHAR * WINAPI InetNtopW( int family, void *addr, WCHAR *buffer, SIZE_T len )
{
    CALL_BASE( NULL, InetNtopW, family, addr, buffer, len );
}

/***********************************************************************
 *      InetPtonW   (ws2_32.@)
 */
int WINAPI InetPtonW( int family, const WCHAR *str, void *addr )
{
    CALL_BASE( -1, InetPtonW, family, str, addr );
}

/***********************************************************************
 *      WSAAsyncGetHostByAddr   (ws2_32.102)
 */
HANDLE WINAPI WSAAsyncGetHostByAddr( HWND hwnd, UINT msg, const char *addr, int len, int family, char *buffer,
                                     int size )
{
    CALL_BASE_1_1( NULL, WSAAsyncGetHostByAddr, hwnd, msg, addr, len, family, buffer, size );
}

/***********************************************************************
 *      WSAAsyncGetHostByName   (ws2_32.103)
 */
HANDLE WINAPI WSAAsyncGetHostByName( HWND hwnd, UINT msg, const char *name, char *buffer, int size )
{
    CALL_BASE_1_1( NULL, WSAAsyncGetHostByName, hwnd, msg, name, buffer, size );
}

/***********************************************************************
 *      WSAAsyncGetProtoByNumber   (ws2_32.104)
 */
HANDLE WINAPI WSAAsyncGetProtoByNumber( HWND hwnd, UINT msg, int number, char *buffer, int size )
{
    CALL_BASE_1_1( NULL, WSAAsyncGetProtoByNumber, hwnd, msg, number, buffer, size );
}

/***********************************************************************
 *      WSAAsyncGetProtoByName   (ws2_32.105)
 */
HANDLE WINAPI WSAAsyncGetProtoByName( HWND hwnd, UINT msg, const char *name, char *buffer, int size )
{
    CALL_BASE_1_1( NULL, WSAAsyncGetProtoByName, hwnd, msg, name, buffer, size );
}

/***********************************************************************
 *      WSAAsyncGetServByPort   (ws2_32.106)
 */
HANDLE WINAPI WSAAsyncGetServByPort( HWND hwnd, UINT msg, int port, const char *proto, char *buffer, int size )
{
    CALL_BASE_1_1( NULL, WSAAsyncGetServByPort, hwnd, msg, port, proto, buffer, size );
}

/***********************************************************************
 *      WSAAsyncGetServByName   (ws2_32.107)
 */
HANDLE WINAPI WSAAsyncGetServByName( HWND hwnd, UINT msg, const char *name, const char *proto, char *buffer,
                                     int size )
{
    CALL_BASE_1_1( NULL, WSAAsyncGetServByName, hwnd, msg, name, proto, buffer, size );
}

/***********************************************************************
 *      WSACancelAsyncRequest   (ws2_32.108)
 */
int WINAPI WSACancelAsyncRequest( HANDLE task )
{
    CALL_BASE_1_1( SOCKET_ERROR, WSACancelAsyncRequest, task );
}

/***********************************************************************
 *      WSAInstallServiceClassA   (ws2_32.@)
 */
int WINAPI WSAInstallServiceClassA( WSASERVICECLASSINFOA *info )
{
    CALL_BASE( SOCKET_ERROR, WSAInstallServiceClassA, info );
}

/***********************************************************************
 *      WSAInstallServiceClassW   (ws2_32.@)
 */
int WINAPI WSAInstallServiceClassW( WSASERVICECLASSINFOW *info )
{
    CALL_BASE( SOCKET_ERROR, WSAInstallServiceClassW, info );
}

/***********************************************************************
 *      WSARemoveServiceClass   (ws2_32.@)
 */
int WINAPI WSARemoveServiceClass( GUID *info )
{
    CALL_BASE( SOCKET_ERROR, WSARemoveServiceClass, info );
}

/***********************************************************************
 *      WSAGetServiceClassInfoA   (ws2_32.@)
 */
int WINAPI WSAGetServiceClassInfoA( GUID *provider, GUID *service, DWORD *len, WSASERVICECLASSINFOA *info )
{
    CALL_BASE( SOCKET_ERROR, WSAGetServiceClassInfoA, provider, service, len, info );
}

/***********************************************************************
 *      WSAGetServiceClassInfoW   (ws2_32.@)
 */
int WINAPI WSAGetServiceClassInfoW( GUID *provider, GUID *service, DWORD *len, WSASERVICECLASSINFOW *info )
{
    CALL_BASE( SOCKET_ERROR, WSAGetServiceClassInfoW, provider, service, len, info );
}

/***********************************************************************
 *      WSAGetServiceClassNameByClassIdA   (ws2_32.@)
 */
int WINAPI WSAGetServiceClassNameByClassIdA( GUID *id, char *name, DWORD *len )
{
    CALL_BASE( SOCKET_ERROR, WSAGetServiceClassNameByClassIdA, id, name, len );
}

/***********************************************************************
 *      WSAGetServiceClassNameByClassIdW   (ws2_32.@)
 */
int WINAPI WSAGetServiceClassNameByClassIdW( GUID *id, WCHAR *name, DWORD *len )
{
    CALL_BASE( SOCKET_ERROR, WSAGetServiceClassNameByClassIdW, id, name, len );
}

/***********************************************************************
 *      WSALookupServiceBeginA   (ws2_32.@)
 */
int WINAPI WSALookupServiceBeginA( WSAQUERYSETA *query, DWORD flags, HANDLE *lookup )
{
    CALL_BASE( SOCKET_ERROR, WSALookupServiceBeginA, query, flags, lookup );
}

/***********************************************************************
 *      WSALookupServiceBeginW   (ws2_32.@)
 */
int WINAPI WSALookupServiceBeginW( WSAQUERYSETW *query, DWORD flags, HANDLE *lookup )
{
    CALL_BASE( SOCKET_ERROR, WSALookupServiceBeginW, query, flags, lookup );
}

/***********************************************************************
 *      WSALookupServiceNextA   (ws2_32.@)
 */
int WINAPI WSALookupServiceNextA( HANDLE lookup, DWORD flags, DWORD *len, WSAQUERYSETA *results )
{
    CALL_BASE( SOCKET_ERROR, WSALookupServiceNextA, lookup, flags, len, results );
}

/***********************************************************************
 *      WSALookupServiceNextW   (ws2_32.@)
 */
int WINAPI WSALookupServiceNextW( HANDLE lookup, DWORD flags, DWORD *len, WSAQUERYSETW *results )
{
    CALL_BASE( SOCKET_ERROR, WSALookupServiceNextW, lookup, flags, len, results );
}

/***********************************************************************
 *      WSALookupServiceEnd   (ws2_32.@)
 */
int WINAPI WSALookupServiceEnd( HANDLE lookup )
{
    CALL_BASE( SOCKET_ERROR, WSALookupServiceEnd, lookup );
}

/***********************************************************************
 *      WSASetServiceA   (ws2_32.@)
 */
int WINAPI WSASetServiceA( WSAQUERYSETA *query, WSAESETSERVICEOP operation, DWORD flags )
{
    CALL_BASE( SOCKET_ERROR, WSASetServiceA, query, operation, flags );
}

/***********************************************************************
 *      WSASetServiceW   (ws2_32.@)
 */
int WINAPI WSASetServiceW( WSAQUERYSETW *query, WSAESETSERVICEOP operation, DWORD flags )
{
    CALL_BASE( SOCKET_ERROR, WSASetServiceW, query, operation, flags );
}

/***********************************************************************
 *      WSANSPIoctl   (ws2_32.@)
 */
int WINAPI WSANSPIoctl( HANDLE lookup, DWORD code, void *in, DWORD in_size, void *out, DWORD out_size,
                        DWORD *ret_size, WSACOMPLETION *completion )
{
    CALL_BASE( SOCKET_ERROR, WSANSPIoctl, lookup, code, in, in_size, out, out_size, ret_size, completion );
}

/* Some versions of Wine's headers make htonl() and the others inline: these are what the module exports under those
 * names. */

/***********************************************************************
 *      htonl   (ws2_32.8)
 */
u_long WINAPI WS_htonl( u_long value )
{
    return __builtin_bswap32( value );
}

/***********************************************************************
 *      htons   (ws2_32.9)
 */
u_short WINAPI WS_htons( u_short value )
{
    return __builtin_bswap16( value );
}

/***********************************************************************
 *      ntohl   (ws2_32.14)
 */
u_long WINAPI WS_ntohl( u_long value )
{
    return __builtin_bswap32( value );
}

/***********************************************************************
 *      ntohs   (ws2_32.15)
 */
u_short WINAPI WS_ntohs( u_short value )
{
    return __builtin_bswap16( value );
}

/***********************************************************************
 *      WSAHtonl   (ws2_32.@)
 */
int WINAPI WSAHtonl( SOCKET s, u_long value, u_long *ret )
{
    TRACE( "socket %#Ix, value %#x, ret %p\n", s, (unsigned int)value, ret );

    if (!ensure_socket( s )) return SOCKET_ERROR;
    if (!ret)
    {
        SetLastError( WSAEFAULT );
        return SOCKET_ERROR;
    }
    *ret = WS_htonl( value );
    return 0;
}

/***********************************************************************
 *      WSAHtons   (ws2_32.@)
 */
int WINAPI WSAHtons( SOCKET s, u_short value, u_short *ret )
{
    TRACE( "socket %#Ix, value %#x, ret %p\n", s, (unsigned int)value, ret );

    if (!ensure_socket( s )) return SOCKET_ERROR;
    if (!ret)
    {
        SetLastError( WSAEFAULT );
        return SOCKET_ERROR;
    }
    *ret = WS_htons( value );
    return 0;
}

/***********************************************************************
 *      WSANtohl   (ws2_32.@)
 */
int WINAPI WSANtohl( SOCKET s, u_long value, u_long *ret )
{
    TRACE( "socket %#Ix, value %#x, ret %p\n", s, (unsigned int)value, ret );

    if (!ensure_socket( s )) return SOCKET_ERROR;
    if (!ret)
    {
        SetLastError( WSAEFAULT );
        return SOCKET_ERROR;
    }
    *ret = WS_ntohl( value );
    return 0;
}

/***********************************************************************
 *      WSANtohs   (ws2_32.@)
 */
int WINAPI WSANtohs( SOCKET s, u_short value, u_short *ret )
{
    TRACE( "socket %#Ix, value %#x, ret %p\n", s, (unsigned int)value, ret );

    if (!ensure_socket( s )) return SOCKET_ERROR;
    if (!ret)
    {
        SetLastError( WSAEFAULT );
        return SOCKET_ERROR;
    }
    *ret = WS_ntohs( value );
    return 0;
}

/***********************************************************************
 *      WEP   (ws2_32.500)
 *
 * The exit procedure of a 16-bit library.
 */
BOOL WINAPI WEP(void)
{
    return TRUE;
}
