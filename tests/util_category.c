/*
 * What the tests of the load rule share
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

#include "util_category.h"

#define APP_ID_KEY PARAMETERS_KEY L"\\AppId_Catalog"

#define PROBE_WORKED 0x40   /* in the exit code: the socket works */

void set_layer_category( struct test_layer *layer, DWORD category )
{
    int ret, error = 0;

    ret = WSCSetProviderInfo( &layer->guid, ProviderInfoLspCategories, (BYTE *)&category, sizeof(category), 0, &error );
    ok( !ret, "WSCSetProviderInfo returned %d, error %d.\n", ret, error );
}

void permit( const WCHAR *path, const WCHAR *args, DWORD permitted )
{
    WCHAR self[MAX_PATH];
    int ret, error = 0;

    if (!path)
    {
        GetModuleFileNameW( NULL, self, ARRAY_SIZE(self) );
        path = self;
    }
    ret = WSCSetApplicationCategory( path, wcslen( path ), args, args ? wcslen( args ) : 0, permitted, NULL, &error );
    ok( !ret, "WSCSetApplicationCategory returned %d, error %d.\n", ret, error );
}

void reset_app_categories(void)
{
    LSTATUS ret = RegDeleteTreeW( HKEY_LOCAL_MACHINE, APP_ID_KEY );

    ok( !ret || ret == ERROR_FILE_NOT_FOUND, "Deleting the categories returned %ld.\n", ret );
}

void deny_app_categories( BOOL deny )
{
    SECURITY_DESCRIPTOR descriptor;
    LSTATUS ret;
    ACL empty;
    HKEY key;

    InitializeSecurityDescriptor( &descriptor, SECURITY_DESCRIPTOR_REVISION );
    InitializeAcl( &empty, sizeof(empty), ACL_REVISION );
    SetSecurityDescriptorDacl( &descriptor, TRUE, deny ? &empty : NULL, FALSE );
    ret = RegOpenKeyExW( HKEY_LOCAL_MACHINE, APP_ID_KEY, 0, WRITE_DAC, &key );
    ok( !ret, "Opening the key returned %ld.\n", ret );
    ret = RegSetKeySecurity( key, DACL_SECURITY_INFORMATION, &descriptor );
    ok( !ret, "Setting the access to the key returned %ld.\n", ret );
    RegCloseKey( key );
}

BOOL is_loaded( const struct test_layer *layer )
{
    return !!GetModuleHandleW( layer->path );
}

void check_socket( SOCKET s )
{
    struct sockaddr_in addr = loopback_addr( 0 );

    ok( s != INVALID_SOCKET, "WSASocket failed, error %d.\n", WSAGetLastError() );
    ok( !bind( s, (struct sockaddr *)&addr, sizeof(addr) ), "bind failed, error %d.\n", WSAGetLastError() );
    closesocket( s );
}

/* --- probes --- */

/* What a probe does, argv being its arguments. Returns its exit code. */
static int run_probe( int argc, char **argv )
{
    SOCKET client, server;
    WSADATA data;
    int i, ret = 0;

    if (WSAStartup( MAKEWORD( 2, 2 ), &data )) return 0;
    tcp_pair( &client, &server );
    check_echo( client, server );
    closesocket( client );
    closesocket( server );
    for (i = 0; i < argc && argv[i][0] != '-'; i++) if (GetModuleHandleA( argv[i] )) ret |= 1 << i;
    WSACleanup();
    return winetest_get_failures() ? 0 : ret | PROBE_WORKED;
}

void check_probe_( const char *file, int line, const WCHAR *path, const char *args, int expected )
{
    const DWORD expected_code = expected | PROBE_WORKED;
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    WCHAR self[MAX_PATH], command[1024];
    PROCESS_INFORMATION info;
    DWORD code = 0, wait;
    char **argv;
    BOOL ret;

    winetest_get_mainargs( &argv );
    if (!path)
    {
        GetModuleFileNameW( NULL, self, ARRAY_SIZE(self) );
        path = self;
    }
    swprintf( command, ARRAY_SIZE(command), L"\"%ls\" %hs probe %hs", path, argv[1], args );
    ret = CreateProcessW( path, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &info );
    ok_( file, line )( ret, "CreateProcess of %s failed, error %lu.\n", wine_dbgstr_w(path), GetLastError() );
    if (!ret) return;
    wait = WaitForSingleObject( info.hProcess, 20000 );
    if (wait) TerminateProcess( info.hProcess, 0 );
    GetExitCodeProcess( info.hProcess, &code );
    ok_( file, line )( !wait, "The probe is not done after 20 s.\n" );
    ok_( file, line )( code == expected_code, "The probe returned %#lx, expected %#lx.\n", code, expected_code );
    CloseHandle( info.hThread );
    CloseHandle( info.hProcess );
}

void run_category_cases( const char *unit, const struct test_case *cases, unsigned int count )
{
    char **argv;
    int argc = winetest_get_mainargs( &argv );

    if (argc > 2 && !strcmp( argv[2], "probe" )) ExitProcess( run_probe( argc - 3, argv + 3 ));
    reset_app_categories();
    run_cases( unit, cases, count );
    reset_app_categories();
}
