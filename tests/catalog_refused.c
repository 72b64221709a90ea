/*
 * Unit tests for the transport catalog: without rights, and while another process writes
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

#include "catalog_util.h"
#include "sddl.h"

/* The functions that write, called so that each succeeds if it may. WSA_NOT_ENOUGH_MEMORY, WSAENOBUFS and
 * WSASYSCALLFAILURE, which they have too, come when memory or random numbers run out: nothing here makes that happen. */

static struct list base;
static WSAPROTOCOL_INFOW layer;     /* as it is installed under lsp_guid */
static WCHAR lsp_path[] = LSP_PATH;
static WCHAR lsp_name[] = L"Winetest chains";
static DWORD order[100];

/* With the layer in all catalogs. */
static void make_base(void)
{
    int ret, error = 0xdead, i;

    reset_catalog();
    get_list( &base );
    layer = make_layer( &base, L"Winetest layer" );
#ifdef _WIN64
    ret = WSCInstallProvider64_32( &lsp_guid, lsp_path, &layer, 1, &error );
#else
    ret = WSCInstallProvider( &lsp_guid, lsp_path, &layer, 1, &error );
#endif
    ok( !ret, "Got %d, error %d.\n", ret, error );
    get_list( &base );
    layer = base.infos[base.count - 1];
    for (i = 0; i < base.count; ++i) order[i] = base.infos[i].dwCatalogEntryId;
}

static int call_install( int *error )
{
    return WSCInstallProvider( &lsp2_guid, lsp_path, &layer, 1, error );
}

static int call_install_chains( int *error )
{
    return WSCInstallProviderAndChains( &lsp2_guid, lsp_path, lsp_name, 0, NULL, 0, NULL, error );
}

static int call_update( int *error )
{
    return WSCUpdateProvider( &lsp_guid, lsp_path, &layer, 1, error );
}

static int call_deinstall( int *error )
{
    return WSCDeinstallProvider( &lsp_guid, error );
}

/* The one function whose result is the error. */
static int call_order( int *error )
{
    *error = WSCWriteProviderOrder( order, base.count );
    return *error ? SOCKET_ERROR : 0;
}

#ifdef _WIN64

static int call_install_both( int *error )
{
    return WSCInstallProvider64_32( &lsp2_guid, lsp_path, &layer, 1, error );
}

static int call_install_chains_both( int *error )
{
    return WSCInstallProviderAndChains64_32( &lsp2_guid, lsp_path, NULL, lsp_name, 0, NULL, 0, NULL, error );
}

static int call_update32( int *error )
{
    return WSCUpdateProvider32( &lsp_guid, lsp_path, &layer, 1, error );
}

static int call_deinstall32( int *error )
{
    return WSCDeinstallProvider32( &lsp_guid, error );
}

static int call_order32( int *error )
{
    *error = WSCWriteProviderOrder32( order, base.count );
    return *error ? SOCKET_ERROR : 0;
}

#endif /* _WIN64 */

static const struct writer
{
    const char *name;
    int (*call)( int *error );
    BOOL chains;                /* it has a code for another writer */
}
writers[] =
{
    {"WSCInstallProvider", call_install, FALSE},
    {"WSCInstallProviderAndChains", call_install_chains, TRUE},
    {"WSCUpdateProvider", call_update, FALSE},
    {"WSCDeinstallProvider", call_deinstall, FALSE},
    {"WSCWriteProviderOrder", call_order, FALSE},
#ifdef _WIN64
    {"WSCInstallProvider64_32", call_install_both, FALSE},
    {"WSCInstallProviderAndChains64_32", call_install_chains_both, TRUE},
    {"WSCUpdateProvider32", call_update32, FALSE},
    {"WSCDeinstallProvider32", call_deinstall32, FALSE},
    {"WSCWriteProviderOrder32", call_order32, FALSE},
#endif
};

static DWORD WINAPI writer_thread( void *arg )
{
    const struct writer *writer = arg;
    int error = 0xdead;

    return writer->call( &error ) == SOCKET_ERROR ? error : 0;
}

/* Calls all of them at once, because each may wait for long. */
static void check_writers( DWORD expected, DWORD expected_chains )
{
    HANDLE threads[ARRAY_SIZE(writers)];
    unsigned int i;
    DWORD error;

    for (i = 0; i < ARRAY_SIZE(writers); ++i)
        threads[i] = CreateThread( NULL, 0, writer_thread, (void *)&writers[i], 0, NULL );
    for (i = 0; i < ARRAY_SIZE(writers); ++i)
    {
        winetest_push_context( "%s", writers[i].name );
        ok( !WaitForSingleObject( threads[i], 30000 ), "It does not return.\n" );
        GetExitCodeThread( threads[i], &error );
        ok( error == (writers[i].chains ? expected_chains : expected), "Got error %lu.\n", error );
        CloseHandle( threads[i] );
        winetest_pop_context();
    }
    check_unchanged( &base );
}

/* --- rights --- */

/* The owner may always change them back. */
static void set_rights( const WCHAR *key_name, const WCHAR *rights )
{
    SECURITY_DESCRIPTOR *sd = NULL;
    LSTATUS ret;
    HKEY key;

    ret = RegOpenKeyExW( HKEY_LOCAL_MACHINE, key_name, 0, WRITE_DAC, &key );
    ok( !ret, "Opening %ls returned %ld.\n", key_name, ret );
    ok( ConvertStringSecurityDescriptorToSecurityDescriptorW( rights, SDDL_REVISION_1, (void **)&sd, NULL ),
        "Got error %lu.\n", GetLastError() );
    ret = RegSetKeySecurity( key, DACL_SECURITY_INFORMATION, sd );
    ok( !ret, "Setting the rights of %ls returned %ld.\n", key_name, ret );
    LocalFree( sd );
    RegCloseKey( key );
}

#define ALL_RIGHTS L"D:(A;;KA;;;WD)"
#define READ_ONLY  L"D:(A;;KRWD;;;WD)"
#define NO_RIGHTS  L"D:(A;;WD;;;WD)"

static void test_read_only( const WCHAR *key )
{
    winetest_push_context( "%ls", key );
    set_rights( key, READ_ONLY );
    check_writers( WSANO_RECOVERY, WSANO_RECOVERY );
    set_rights( key, ALL_RIGHTS );
    check_unchanged( &base );
    winetest_pop_context();
}

static void test_unreadable(void)
{
    DWORD size = 0;
    int ret, error, len = MAX_PATH;
    WCHAR path[MAX_PATH];
    WSADATA data;

    set_rights( CATALOG_KEY, NO_RIGHTS );
    error = 0xdead;
    ret = WSCEnumProtocols( NULL, NULL, &size, &error );
    check_error( ret, error, WSANO_RECOVERY );
    error = 0xdead;
    ret = WSCGetProviderPath( &tcpip_guid, path, &len, &error );
    check_error( ret, error, WSANO_RECOVERY );
    ret = WSAStartup( MAKEWORD(2, 2), &data );
    ok( ret == WSASYSNOTREADY, "WSAStartup returned %d.\n", ret );
    set_rights( CATALOG_KEY, ALL_RIGHTS );
    check_unchanged( &base );
}

/* --- another writer --- */

static DWORD WINAPI holder_thread( void *arg )
{
    HANDLE *events = arg, mutex;

    mutex = CreateMutexW( NULL, TRUE, L"Global\\WinSock2_Protocol_Catalog9" );
    ok( mutex && GetLastError() == 0, "Got %p, error %lu.\n", mutex, GetLastError() );
    SetEvent( events[0] );
    WaitForSingleObject( events[1], 60000 );
    ReleaseMutex( mutex );
    CloseHandle( mutex );
    return 0;
}

/* One that does not finish: the others give up after a while. Readers do not wait. */
static void test_busy(void)
{
    HANDLE events[2], thread;
    DWORD start;

    events[0] = CreateEventW( NULL, FALSE, FALSE, NULL );
    events[1] = CreateEventW( NULL, FALSE, FALSE, NULL );
    thread = CreateThread( NULL, 0, holder_thread, events, 0, NULL );
    WaitForSingleObject( events[0], 10000 );

    start = GetTickCount();
    check_unchanged( &base );
    ok( GetTickCount() - start < 5000, "Reading took %lu ms.\n", GetTickCount() - start );
    check_writers( WSANO_RECOVERY, WSAEINPROGRESS );

    SetEvent( events[1] );
    WaitForSingleObject( thread, 10000 );
    CloseHandle( thread );
    CloseHandle( events[0] );
    CloseHandle( events[1] );
}

/* All of them would have succeeded. */
static void test_allowed(void)
{
    int error = 0xdead;
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(writers); ++i)
    {
        winetest_push_context( "%s", writers[i].name );
        make_base();
        ok( !writers[i].call( &error ), "Got error %d.\n", error );
        winetest_pop_context();
    }
}

START_TEST(catalog_refused)
{
    if (!save_catalog())
    {
        skip( "Cannot save the catalog.\n" );
        return;
    }
    make_base();
    test_read_only( CATALOG_KEY );
    test_read_only( PARAMETERS_KEY );
    test_unreadable();
    test_busy();
    test_allowed();
    restore_catalog();
}
