/*
 * Tests of which layers Wine's own system processes load
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
#include "http.h"

#define SWITCH L"All_Layers_In_System_Processes"

/* A program of the list that nothing starts meanwhile, and one that is not there. */
#define SYSTEM_PROGRAM L"wuauserv.exe"
#define OTHER_PROGRAM  L"winelsp-test.exe"

static void set_switch( DWORD value )
{
    LSTATUS ret = RegSetKeyValueW( HKEY_LOCAL_MACHINE, PARAMETERS_KEY, SWITCH, REG_DWORD, &value, sizeof(value) );

    ok( !ret, "Setting the value returned %ld.\n", ret );
}

static void delete_switch(void)
{
    RegDeleteKeyValueW( HKEY_LOCAL_MACHINE, PARAMETERS_KEY, SWITCH );
}

static void get_system_path( const WCHAR *name, WCHAR path[MAX_PATH] )
{
    GetSystemDirectoryW( path, MAX_PATH );
    lstrcatW( path, L"\\" );
    lstrcatW( path, name );
}

static void copy_self( const WCHAR *path )
{
    WCHAR self[MAX_PATH];

    GetModuleFileNameW( NULL, self, ARRAY_SIZE(self) );
    ok( CopyFileW( self, path, TRUE ), "Copying to %s failed, error %lu.\n", wine_dbgstr_w(path), GetLastError() );
}

/* Wine loads its own programs in the system folder, whatever file is there, unless it is told otherwise. */
#define OVERRIDES_KEY L"Software\\Wine\\DllOverrides"

/* Puts this program in the place of one of Wine's, which is kept aside. */
static void replace_program( WCHAR path[MAX_PATH], WCHAR aside[MAX_PATH] )
{
    LSTATUS ret = RegSetKeyValueW( HKEY_CURRENT_USER, OVERRIDES_KEY, SYSTEM_PROGRAM, REG_SZ, L"native",
                                   sizeof(L"native") );

    ok( !ret, "Setting the value returned %ld.\n", ret );
    get_system_path( SYSTEM_PROGRAM, path );
    get_system_path( L"winelsp-test-aside.exe", aside );
    ok( MoveFileW( path, aside ), "Moving %s aside failed, error %lu.\n", wine_dbgstr_w(path), GetLastError() );
    copy_self( path );
}

static void put_program_back( const WCHAR *path, const WCHAR *aside )
{
    RegDeleteKeyValueW( HKEY_CURRENT_USER, OVERRIDES_KEY, SYSTEM_PROGRAM );
    ok( DeleteFileW( path ), "Deleting %s failed, error %lu.\n", wine_dbgstr_w(path), GetLastError() );
    ok( MoveFileW( aside, path ), "Moving %s back failed, error %lu.\n", wine_dbgstr_w(path), GetLastError() );
}

/* A real one: the HTTP driver opens its sockets in winedevice.exe. This has to come first, since the driver, once it
 * is started, goes on with the catalog of that time. The layer is one that cannot start. */
static void test_driver(void)
{
    const HTTPAPI_VERSION version = HTTPAPI_VERSION_1;
    ULONG (WINAPI *initialize)(HTTPAPI_VERSION,ULONG,void *);
    ULONG (WINAPI *create_handle)(HANDLE *,ULONG);
    ULONG (WINAPI *add_url)(HANDLE,const WCHAR *,void *);
    HMODULE module = LoadLibraryW( L"httpapi.dll" );
    struct test_layer layer;
    HANDLE queue = NULL;
    ULONG ret;
    WCHAR url[64];
    int i;

    initialize = (void *)GetProcAddress( module, "HttpInitialize" );
    create_handle = (void *)GetProcAddress( module, "HttpCreateHttpHandle" );
    add_url = (void *)GetProcAddress( module, "HttpAddUrl" );

    install_layer( &layer, L"%SystemRoot%\\system32\\version.dll", LAYER_IFS | LAYER_NO_UDP );
    ret = initialize( version, HTTP_INITIALIZE_SERVER, NULL );
    ok( !ret, "HttpInitialize returned %lu.\n", ret );
    ret = create_handle( &queue, 0 );
    ok( !ret, "HttpCreateHttpHandle returned %lu.\n", ret );
    for (i = 0; i < 10; i++)    /* a port may be in use */
    {
        swprintf( url, ARRAY_SIZE(url), L"http://+:%lu/", 50000 + GetCurrentProcessId() % 1000 + i );
        if (!(ret = add_url( queue, url, NULL ))) break;
    }
    ok( !ret, "HttpAddUrl returned %lu.\n", ret );
    CloseHandle( queue );
}

/* Only layers of LSP_SYSTEM, whatever else these are. */
static void test_system_process(void)
{
    WCHAR path[MAX_PATH], aside[MAX_PATH];
    struct test_layer layer;

    install_layer( &layer, NULL, LAYER_IFS );
    replace_program( path, aside );
    check_probe( path, "testlsp.dll", 0 );
    set_layer_category( &layer, LSP_FIREWALL | LSP_INSPECTOR );
    check_probe( path, "testlsp.dll", 0 );
    set_layer_category( &layer, LSP_SYSTEM );
    check_probe( path, "testlsp.dll", PROBE_FIRST );
    set_layer_category( &layer, LSP_SYSTEM | LSP_FIREWALL | LSP_INSPECTOR );
    check_probe( path, "testlsp.dll", PROBE_FIRST );
    put_program_back( path, aside );
}

/* Its category in AppId_Catalog takes away, and adds nothing. */
static void test_with_category(void)
{
    WCHAR path[MAX_PATH], aside[MAX_PATH];
    struct test_layer layer;

    install_layer( &layer, NULL, LAYER_IFS );
    replace_program( path, aside );
    permit( path, NULL, LSP_FIREWALL );
    set_layer_category( &layer, LSP_FIREWALL );
    check_probe( path, "testlsp.dll", 0 );
    set_layer_category( &layer, LSP_SYSTEM | LSP_FIREWALL );
    check_probe( path, "testlsp.dll", PROBE_FIRST );
    set_layer_category( &layer, LSP_SYSTEM | LSP_PROXY );
    check_probe( path, "testlsp.dll", 0 );

    set_switch( 1 );
    check_probe( path, "testlsp.dll", 0 );
    set_layer_category( &layer, LSP_FIREWALL );
    check_probe( path, "testlsp.dll", PROBE_FIRST );
    delete_switch();
    put_program_back( path, aside );
}

static void test_switch(void)
{
    WCHAR path[MAX_PATH], aside[MAX_PATH];
    struct test_layer layer;

    install_layer( &layer, NULL, LAYER_IFS );
    replace_program( path, aside );
    set_switch( 1 );
    check_probe( path, "testlsp.dll", PROBE_FIRST );
    set_switch( 0 );
    check_probe( path, "testlsp.dll", 0 );
    delete_switch();
    check_probe( path, "testlsp.dll", 0 );
    put_program_back( path, aside );
}

/* Another program in the system folder, and a program of that name elsewhere, are ordinary. */
static void test_other_programs(void)
{
    struct test_layer layer;
    WCHAR path[MAX_PATH];

    install_layer( &layer, NULL, LAYER_IFS );
    get_system_path( OTHER_PROGRAM, path );
    copy_self( path );
    check_probe( path, "testlsp.dll", PROBE_FIRST );
    DeleteFileW( path );

    GetTempPathW( ARRAY_SIZE(path), path );
    lstrcatW( path, SYSTEM_PROGRAM );
    DeleteFileW( path );
    copy_self( path );
    check_probe( path, "testlsp.dll", PROBE_FIRST );
    DeleteFileW( path );

    get_system_path( L"winelsp-test", path );
    CreateDirectoryW( path, NULL );
    lstrcatW( path, L"\\" SYSTEM_PROGRAM );
    copy_self( path );
    check_probe( path, "testlsp.dll", PROBE_FIRST );
    DeleteFileW( path );
    get_system_path( L"winelsp-test", path );
    RemoveDirectoryW( path );
}

static const struct test_case cases[] =
{
    { "driver", test_driver },
    { "system_process", test_system_process },
    { "with_category", test_with_category },
    { "switch", test_switch },
    { "other_programs", test_other_programs },
};

START_TEST(category_system)
{
    run_category_cases( "category_system", cases, ARRAY_SIZE(cases) );
}
