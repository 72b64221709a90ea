/*
 * What the tests of the base provider share
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

#include "util_base.h"

WSPPROC_TABLE base;
LPWSPSTARTUP base_startup;
struct base_upcalls base_upcalls;

static SOCKET WSPAPI modify_ifs_handle( DWORD id, SOCKET s, int *error )
{
    InterlockedIncrement( &base_upcalls.modify_count );
    base_upcalls.id = id;
    base_upcalls.socket = s;
    if (!base_upcalls.refuse) return s;
    *error = base_upcalls.refuse;
    return INVALID_SOCKET;
}

static int WSPAPI queue_apc( WSATHREADID *thread, LPWSAUSERAPC func, DWORD_PTR context, int *error )
{
    InterlockedIncrement( &base_upcalls.apc_count );
    if (QueueUserAPC( func, thread->ThreadHandle, context )) return 0;
    *error = WSAEFAULT;
    return SOCKET_ERROR;
}

WSPUPCALLTABLE get_base_upcall_table(void)
{
    WSPUPCALLTABLE table = {.lpWPUModifyIFSHandle = modify_ifs_handle, .lpWPUQueueApc = queue_apc};

    return table;
}

BOOL load_base(void)
{
    WSAPROTOCOL_INFOW entry = get_base_entry( AF_INET, SOCK_STREAM );
    WCHAR path[MAX_PATH], expanded[MAX_PATH];
    int ret, error = 0, len = MAX_PATH;
    HMODULE module;

    ret = WSCGetProviderPath( &entry.ProviderId, path, &len, &error );
    ok( !ret, "WSCGetProviderPath failed, error %d.\n", error );
    if (ret) return FALSE;
    ExpandEnvironmentStringsW( path, expanded, MAX_PATH );
    module = LoadLibraryW( expanded );
    ok( module != NULL, "Cannot load %s, error %lu.\n", wine_dbgstr_w(expanded), GetLastError() );
    if (module) base_startup = (void *)GetProcAddress( module, "WSPStartup" );
    ok( base_startup != NULL, "%s has no WSPStartup.\n", wine_dbgstr_w(expanded) );
    return base_startup != NULL;
}

void start_base(void)
{
    WSAPROTOCOL_INFOW entry = get_base_entry( AF_INET, SOCK_STREAM );
    WSPDATA data;
    int ret;

    ret = base_startup( MAKEWORD( 2, 2 ), &data, &entry, get_base_upcall_table(), &base );
    ok( !ret, "WSPStartup returned %d.\n", ret );
}

SOCKET base_socket( int af, int type )
{
    WSAPROTOCOL_INFOW entry = get_base_entry( af, type );
    int error = 0;
    SOCKET s;

    s = base.lpWSPSocket( af, type, 0, &entry, 0, WSA_FLAG_OVERLAPPED, &error );
    ok( s != INVALID_SOCKET, "WSPSocket failed for family %d, type %d, error %d.\n", af, type, error );
    return s;
}

void close_base_socket( SOCKET s )
{
    int ret, error = 0;

    ret = base.lpWSPCloseSocket( s, &error );
    ok( !ret, "WSPCloseSocket failed, error %d.\n", error );
}

SOCKET base_bound_socket( int af, int type, SOCKADDR_STORAGE *addr )
{
    struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)addr;
    struct sockaddr_in *in = (struct sockaddr_in *)addr;
    int ret, error = 0, len = sizeof(*addr);
    SOCKET s = base_socket( af, type );

    memset( addr, 0, sizeof(*addr) );
    addr->ss_family = af;
    if (af == AF_INET) in->sin_addr.s_addr = htonl( INADDR_LOOPBACK );
    else in6->sin6_addr.s6_addr[15] = 1;

    ret = base.lpWSPBind( s, (struct sockaddr *)addr, af == AF_INET ? sizeof(*in) : sizeof(*in6), &error );
    if (ret && af == AF_INET6 && error == WSAEADDRNOTAVAIL)
    {
        close_base_socket( s );
        return INVALID_SOCKET;
    }
    ok( !ret, "WSPBind failed, error %d.\n", error );
    ret = base.lpWSPGetSockName( s, (struct sockaddr *)addr, &len, &error );
    ok( !ret, "WSPGetSockName failed, error %d.\n", error );
    return s;
}

BOOL base_tcp_pair( int af, SOCKET *client, SOCKET *server )
{
    SOCKADDR_STORAGE addr;
    int ret, error = 0;
    SOCKET listener;

    if ((listener = base_bound_socket( af, SOCK_STREAM, &addr )) == INVALID_SOCKET) return FALSE;
    ret = base.lpWSPListen( listener, 1, &error );
    ok( !ret, "WSPListen failed, error %d.\n", error );

    *client = base_socket( af, SOCK_STREAM );
    ret = base.lpWSPConnect( *client, (struct sockaddr *)&addr, sizeof(addr), NULL, NULL, NULL, NULL, &error );
    ok( !ret, "WSPConnect failed, error %d.\n", error );
    *server = base.lpWSPAccept( listener, NULL, NULL, NULL, 0, &error );
    ok( *server != INVALID_SOCKET, "WSPAccept failed, error %d.\n", error );
    close_base_socket( listener );
    return TRUE;
}

BOOL is_handle( SOCKET s )
{
    DWORD flags;

    return GetHandleInformation( (HANDLE)s, &flags );
}

void base_send( SOCKET s, const char *text )
{
    WSABUF buffer = {strlen( text ), (char *)text};
    int ret, error = 0;
    DWORD size = 0;

    ret = base.lpWSPSend( s, &buffer, 1, &size, 0, NULL, NULL, NULL, &error );
    ok( !ret, "WSPSend failed, error %d.\n", error );
    ok( size == buffer.len, "Sent %lu of %lu bytes.\n", size, buffer.len );
}

void check_received( SOCKET s, const char *text )
{
    char data[64] = {0};
    WSABUF buffer = {sizeof(data) - 1, data};
    DWORD size = 0, flags = 0;
    int ret, error = 0;

    ret = base.lpWSPRecv( s, &buffer, 1, &size, &flags, NULL, NULL, NULL, &error );
    ok( !ret, "WSPRecv failed, error %d.\n", error );
    ok( size == strlen( text ) && !strcmp( data, text ), "Received %lu bytes, %s, expected %s.\n", size, data, text );
}
