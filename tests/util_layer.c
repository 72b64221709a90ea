/*
 * What the test units share: layers in the catalog, and sockets
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

#include "util.h"

/* --- the catalog --- */

WSAPROTOCOL_INFOW *get_catalog( unsigned int *count )
{
    WSAPROTOCOL_INFOW *entries;
    int ret, error = 0;
    DWORD size = 0;

    WSCEnumProtocols( NULL, NULL, &size, &error );
    entries = malloc( size + 1 );
    ret = WSCEnumProtocols( NULL, entries, &size, &error );
    ok( ret > 0, "WSCEnumProtocols returned %d, error %d.\n", ret, error );
    *count = ret > 0 ? ret : 0;
    return entries;
}

BOOL get_entry( DWORD id, WSAPROTOCOL_INFOW *entry )
{
    unsigned int i, count;
    WSAPROTOCOL_INFOW *entries = get_catalog( &count );

    for (i = 0; i < count; i++) if (entries[i].dwCatalogEntryId == id) break;
    if (i < count) *entry = entries[i];
    free( entries );
    return i < count;
}

WSAPROTOCOL_INFOW get_base_entry( int af, int type )
{
    WSAPROTOCOL_INFOW entry = {0};
    unsigned int i, count;
    WSAPROTOCOL_INFOW *entries = get_catalog( &count );

    for (i = 0; i < count; i++)
    {
        if (entries[i].ProtocolChain.ChainLen != BASE_PROTOCOL) continue;
        if (entries[i].iAddressFamily == af && entries[i].iSocketType == type) break;
    }
    ok( i < count, "There is no base entry for family %d, type %d.\n", af, type );
    if (i < count) entry = entries[i];
    free( entries );
    return entry;
}

void move_to_front( const DWORD *ids, unsigned int count )
{
    unsigned int i, j, total, pos = count;
    WSAPROTOCOL_INFOW *entries = get_catalog( &total );
    DWORD *order = malloc( (count + total) * sizeof(*order) );
    int ret;

    memcpy( order, ids, count * sizeof(*ids) );
    for (i = 0; i < total; i++)
    {
        for (j = 0; j < count; j++) if (ids[j] == entries[i].dwCatalogEntryId) break;
        if (j == count) order[pos++] = entries[i].dwCatalogEntryId;
    }
    ret = WSCWriteProviderOrder( order, pos );
    ok( !ret, "WSCWriteProviderOrder returned %d.\n", ret );
    free( order );
    free( entries );
}

/* --- layers --- */

void get_test_path( const WCHAR *name, WCHAR *path )
{
    WCHAR *p;

    GetModuleFileNameW( NULL, path, MAX_PATH );
    if ((p = wcsrchr( path, '\\' ))) p[1] = 0;
    lstrcatW( path, name );
}

void copy_test_layer( const WCHAR *name, WCHAR *path )
{
    WCHAR from[MAX_PATH];
    BOOL ret;

    get_test_path( L"testlsp.dll", from );
    GetTempPathW( MAX_PATH, path );
    lstrcatW( path, name );
    ret = CopyFileW( from, path, FALSE );
    ok( ret, "Copying %s to %s failed, error %lu.\n", wine_dbgstr_w(from), wine_dbgstr_w(path), GetLastError() );
}

/* The id of the entry that a provider was given. */
static DWORD find_provider_id( const GUID *guid, int type )
{
    unsigned int i, count;
    WSAPROTOCOL_INFOW *entries = get_catalog( &count );
    DWORD id = 0;

    for (i = 0; i < count && !id; i++)
        if (!memcmp( &entries[i].ProviderId, guid, sizeof(*guid) ) && entries[i].iSocketType == type)
            id = entries[i].dwCatalogEntryId;
    ok( id, "Provider %s has no entry of type %d.\n", wine_dbgstr_guid(guid), type );
    free( entries );
    return id;
}

/* The first entry that sockets of a type come from. */
static WSAPROTOCOL_INFOW get_top_entry( int type )
{
    WSAPROTOCOL_INFOW entry = {0};
    unsigned int i, count;
    WSAPROTOCOL_INFOW *entries = get_catalog( &count );

    for (i = 0; i < count; i++)
    {
        if (entries[i].ProtocolChain.ChainLen == LAYERED_PROTOCOL) continue;
        if (entries[i].iAddressFamily == AF_INET && entries[i].iSocketType == type) break;
    }
    ok( i < count, "There is no entry for type %d.\n", type );
    if (i < count) entry = entries[i];
    free( entries );
    return entry;
}

static void set_ifs_flag( WSAPROTOCOL_INFOW *info, unsigned int flags )
{
    if (flags & LAYER_IFS) info->dwServiceFlags1 |= XP1_IFS_HANDLES;
    else info->dwServiceFlags1 &= ~XP1_IFS_HANDLES;
}

static void install_provider( GUID *guid, const WCHAR *path, WSAPROTOCOL_INFOW *infos, unsigned int count )
{
    int ret, error = 0;

    ret = WSCInstallProvider( guid, path, infos, count, &error );
    ok( !ret, "WSCInstallProvider of %s returned %d, error %d.\n", wine_dbgstr_w(path), ret, error );
}

static WSAPROTOCOL_INFOW get_chain( const struct test_layer *layer, int type, unsigned int flags )
{
    WSAPROTOCOL_INFOW info = get_top_entry( type );
    WSAPROTOCOLCHAIN *chain = &info.ProtocolChain;
    int i;

    if (chain->ChainLen == BASE_PROTOCOL) chain->ChainEntries[0] = info.dwCatalogEntryId;
    for (i = chain->ChainLen; i > 0; i--) chain->ChainEntries[i] = chain->ChainEntries[i - 1];
    chain->ChainEntries[0] = layer->id;
    chain->ChainEntries[1] = info.dwCatalogEntryId;
    chain->ChainLen++;
    lstrcpyW( info.szProtocol, type == SOCK_STREAM ? TEST_LAYER_NAME L" over TCP" : TEST_LAYER_NAME L" over UDP" );
    set_ifs_flag( &info, flags );
    return info;
}

static void install_chains( struct test_layer *layer, unsigned int flags )
{
    unsigned int count = flags & LAYER_NO_UDP ? 1 : 2;
    WSAPROTOCOL_INFOW infos[2];
    GUID guids[2];
    DWORD ids[2];

    UuidCreate( &guids[0] );
    UuidCreate( &guids[1] );
    infos[0] = get_chain( layer, SOCK_STREAM, flags );
    infos[1] = get_chain( layer, SOCK_DGRAM, flags );
    if (flags & LAYER_ONE_GUID)
    {
        guids[1] = guids[0];
        install_provider( &guids[0], layer->path, infos, count );
    }
    else
    {
        install_provider( &guids[0], layer->path, &infos[0], 1 );
        if (count > 1) install_provider( &guids[1], layer->path, &infos[1], 1 );
    }
    ids[0] = layer->tcp_id = find_provider_id( &guids[0], SOCK_STREAM );
    if (count > 1) ids[1] = layer->udp_id = find_provider_id( &guids[1], SOCK_DGRAM );
    move_to_front( ids, count );
}

/* WSCInstallProviderAndChains chooses the providers of the chains itself. */
static void install_with_chains( struct test_layer *layer, unsigned int flags )
{
    WSAPROTOCOL_INFOW infos[2], top;
    int ret, error = 0;
    WCHAR name[64];

    wsprintfW( name, L"%s %08x", TEST_LAYER_NAME, layer->guid.Data1 ); /* the name must be new, too */

    infos[0] = get_base_entry( AF_INET, SOCK_STREAM );
    infos[1] = get_base_entry( AF_INET, SOCK_DGRAM );
    ret = WSCInstallProviderAndChains( &layer->guid, layer->path, name,
                                       flags & LAYER_IFS ? XP1_IFS_HANDLES : 0, infos, flags & LAYER_NO_UDP ? 1 : 2,
                                       &layer->id, &error );
    ok( !ret, "WSCInstallProviderAndChains returned %d, error %d.\n", ret, error );
    top = get_top_entry( SOCK_STREAM );
    ok( top.ProtocolChain.ChainLen > 1 && top.ProtocolChain.ChainEntries[0] == layer->id,
        "Got a chain of %d, which begins with %lu.\n", top.ProtocolChain.ChainLen,
        top.ProtocolChain.ChainEntries[0] );
    layer->tcp_id = top.dwCatalogEntryId;
    if (!(flags & LAYER_NO_UDP)) layer->udp_id = get_top_entry( SOCK_DGRAM ).dwCatalogEntryId;
}

void install_layer( struct test_layer *layer, const WCHAR *path, unsigned int flags )
{
    WSAPROTOCOL_INFOW dummy;

    memset( layer, 0, sizeof(*layer) );
    if (path) lstrcpyW( layer->path, path );
    else get_test_path( L"testlsp.dll", layer->path );
    UuidCreate( &layer->guid );
    if (flags & LAYER_CHAINS)
    {
        install_with_chains( layer, flags );
        return;
    }

    dummy = get_base_entry( AF_INET, SOCK_STREAM );
    dummy.ProtocolChain.ChainLen = LAYERED_PROTOCOL;
    dummy.dwProviderFlags = PFL_HIDDEN;
    dummy.iSocketType = dummy.iProtocol = 0;
    lstrcpyW( dummy.szProtocol, TEST_LAYER_NAME );
    set_ifs_flag( &dummy, flags );
    install_provider( &layer->guid, layer->path, &dummy, 1 );
    layer->id = find_provider_id( &layer->guid, 0 );
    install_chains( layer, flags );
}

void load_layer( struct test_layer *layer )
{
    HMODULE module = LoadLibraryW( layer->path );
    TESTLSP_GET get = (void *)GetProcAddress( module, "testlsp_get" );

    ok( get != NULL, "%s cannot be loaded or has no testlsp_get, error %lu.\n", wine_dbgstr_w(layer->path),
        GetLastError() );
    if (!get) ExitProcess( 1 );
    layer->control = get();
}

void unload_layer( struct test_layer *layer )
{
    layer->control = NULL;
    FreeLibrary( GetModuleHandleW( layer->path ));
}

LONG take_count( struct test_layer *layer, enum testlsp_function function )
{
    return InterlockedExchange( &layer->control->counts[function], 0 );
}

void clear_counts( struct test_layer *layer )
{
    memset( layer->control->counts, 0, sizeof(layer->control->counts) );
    layer->control->event_count = 0;
}

LONG sum_counts( const struct test_layer *layer )
{
    LONG sum = 0;
    int i;

    for (i = 0; i < TESTLSP_FUNCTION_COUNT; i++) sum += layer->control->counts[i];
    return sum;
}

static const char *function_name( enum testlsp_function function )
{
    static const char *const names[TESTLSP_FUNCTION_COUNT] =
    {
        "Accept", "AddressToString", "AsyncSelect", "Bind", "CancelBlockingCall", "Cleanup", "CloseSocket", "Connect",
        "DuplicateSocket", "EnumNetworkEvents", "EventSelect", "GetOverlappedResult", "GetPeerName", "GetSockName",
        "GetSockOpt", "GetQOSByName", "Ioctl", "JoinLeaf", "Listen", "Recv", "RecvDisconnect", "RecvFrom", "Select",
        "Send", "SendDisconnect", "SendTo", "SetSockOpt", "Shutdown", "Socket", "StringToAddress", "Startup",
    };

    return names[function];
}

void expect_call_( const char *file, int line, struct test_layer *layer, enum testlsp_function function )
{
    const LONG *counts = layer->control->counts;
    int i;

    for (i = 0; i < TESTLSP_FUNCTION_COUNT; i++)
        ok_( file, line )( counts[i] == (i == (int)function), "WSP%s was called %ld times.\n", function_name( i ),
                           counts[i] );
    clear_counts( layer );
}

void expect_args_( const char *file, int line, const struct test_layer *layer, enum testlsp_function function,
                   const ULONG_PTR *expected, unsigned int count )
{
    const ULONG_PTR *args = layer->control->args[function];
    unsigned int i;

    for (i = 0; i < count; i++)
        ok_( file, line )( args[i] == expected[i], "WSP%s: argument %u is %#Ix, expected %#Ix.\n",
                           function_name( function ), i, args[i], expected[i] );
}

/* --- sockets --- */

void start_winsock(void)
{
    WSADATA data;
    int ret = WSAStartup( MAKEWORD( 2, 2 ), &data );

    ok( !ret, "WSAStartup returned %d.\n", ret );
}

struct sockaddr_in loopback_addr( unsigned short port )
{
    struct sockaddr_in addr = {0};

    addr.sin_family = AF_INET;
    addr.sin_addr.s_addr = htonl( INADDR_LOOPBACK );
    addr.sin_port = htons( port );
    return addr;
}

SOCKET bound_socket( int type, struct sockaddr_in *addr )
{
    struct sockaddr_in local = loopback_addr( 0 );
    int ret, len = sizeof(local);
    SOCKET s;

    s = socket( AF_INET, type, 0 );
    ok( s != INVALID_SOCKET, "socket failed, error %d.\n", WSAGetLastError() );
    ret = bind( s, (struct sockaddr *)&local, sizeof(local) );
    ok( !ret, "bind failed, error %d.\n", WSAGetLastError() );
    ret = getsockname( s, (struct sockaddr *)&local, &len );
    ok( !ret, "getsockname failed, error %d.\n", WSAGetLastError() );
    if (addr) *addr = local;
    return s;
}

void tcp_pair( SOCKET *client, SOCKET *server )
{
    struct sockaddr_in addr;
    SOCKET listener = bound_socket( SOCK_STREAM, &addr );
    int ret;

    ret = listen( listener, 1 );
    ok( !ret, "listen failed, error %d.\n", WSAGetLastError() );
    *client = socket( AF_INET, SOCK_STREAM, IPPROTO_TCP );
    ok( *client != INVALID_SOCKET, "socket failed, error %d.\n", WSAGetLastError() );
    ret = connect( *client, (struct sockaddr *)&addr, sizeof(addr) );
    ok( !ret, "connect failed, error %d.\n", WSAGetLastError() );
    *server = accept( listener, NULL, NULL );
    ok( *server != INVALID_SOCKET, "accept failed, error %d.\n", WSAGetLastError() );
    closesocket( listener );
}

static void check_transfer( const char *file, int line, SOCKET from, SOCKET to )
{
    static const char text[] = "a small text";
    char buffer[sizeof(text)] = {0};
    int ret;

    ret = send( from, text, sizeof(text), 0 );
    ok_( file, line )( ret == sizeof(text), "send returned %d, error %d.\n", ret, WSAGetLastError() );
    ret = recv( to, buffer, sizeof(buffer), 0 );
    ok_( file, line )( ret == sizeof(text), "recv returned %d, error %d.\n", ret, WSAGetLastError() );
    ok_( file, line )( !memcmp( buffer, text, sizeof(text) ), "Got other data.\n" );
}

void check_echo_( const char *file, int line, SOCKET a, SOCKET b )
{
    check_transfer( file, line, a, b );
    check_transfer( file, line, b, a );
}
