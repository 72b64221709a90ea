/*
 * Tests of the categories of applications: how they are kept
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

/* The application that the tests give categories to is not one that runs. */
#define APP_PATH L"C:\\winetest\\app.exe"

static int set_category( const WCHAR *path, const WCHAR *args, DWORD permitted, DWORD *previous )
{
    int ret, error = 0;

    ret = WSCSetApplicationCategory( path, wcslen( path ), args, args ? wcslen( args ) : 0, permitted, previous,
                                     &error );
    ok( ret == (error ? SOCKET_ERROR : 0), "Got %d, error %d.\n", ret, error );
    return error;
}

#define check_set( path, args, permitted, expected ) check_set_( __LINE__, path, args, permitted, expected )
static void check_set_( int line, const WCHAR *path, const WCHAR *args, DWORD permitted, DWORD expected )
{
    DWORD previous = 0xdeadbeef;
    int error = set_category( path, args, permitted, &previous );

    ok_(__FILE__, line)( !error && previous == expected, "Got previous %#lx, error %d, expected %#lx.\n", previous,
                         error, expected );
}

static DWORD get_category( const WCHAR *path, const WCHAR *args, int *error )
{
    DWORD permitted = 0xdeadbeef;
    int ret;

    *error = 0;
    ret = WSCGetApplicationCategory( path, wcslen( path ), args, args ? wcslen( args ) : 0, &permitted, error );
    ok( ret == (*error ? SOCKET_ERROR : 0), "Got %d, error %d.\n", ret, *error );
    return permitted;
}

#define check_category( path, args, expected ) check_category_( __LINE__, path, args, expected )
static void check_category_( int line, const WCHAR *path, const WCHAR *args, DWORD expected )
{
    int error;
    DWORD permitted = get_category( path, args, &error );

    ok_(__FILE__, line)( !error && permitted == expected, "Got category %#lx, error %d, expected %#lx.\n", permitted,
                         error, expected );
}

#define check_no_category( path, args ) check_no_category_( __LINE__, path, args )
static void check_no_category_( int line, const WCHAR *path, const WCHAR *args )
{
    int error;

    get_category( path, args, &error );
    ok_(__FILE__, line)( error == WSASERVICE_NOT_FOUND, "Got error %d.\n", error );
}

static void reset_app_catalog(void)
{
    LSTATUS ret = RegDeleteTreeW( HKEY_LOCAL_MACHINE, APP_ID_KEY );

    ok( !ret || ret == ERROR_FILE_NOT_FOUND, "Deleting the categories returned %ld.\n", ret );
}

/* Opens AppId_Catalog, which has to have a number of keys, and gives the name of the first. */
static HKEY open_app_catalog( unsigned int expected, WCHAR name[256] )
{
    DWORD count = 0, len = 256;
    HKEY key = NULL;
    LSTATUS ret;

    ret = RegOpenKeyExW( HKEY_LOCAL_MACHINE, APP_ID_KEY, 0, KEY_ALL_ACCESS, &key );
    ok( !ret, "Opening the key returned %ld.\n", ret );
    RegQueryInfoKeyW( key, NULL, NULL, NULL, &count, NULL, NULL, NULL, NULL, NULL, NULL, NULL );
    ok( count == expected, "Got %lu keys.\n", count );
    RegEnumKeyExW( key, 0, name, &len, NULL, NULL, NULL, NULL );
    return key;
}

/* Writes a key as Windows or another program would. */
static void write_app( const WCHAR *name, const WCHAR *path, const WCHAR *args, DWORD permitted )
{
    WCHAR key[256];

    swprintf( key, ARRAY_SIZE(key), L"%ls\\%ls", APP_ID_KEY, name );
    RegSetKeyValueW( HKEY_LOCAL_MACHINE, key, L"AppFullPath", REG_SZ, path, (wcslen( path ) + 1) * sizeof(WCHAR) );
    if (args)
        RegSetKeyValueW( HKEY_LOCAL_MACHINE, key, L"AppArgs", REG_SZ, args, (wcslen( args ) + 1) * sizeof(WCHAR) );
    RegSetKeyValueW( HKEY_LOCAL_MACHINE, key, L"PermittedLspCategories", REG_DWORD, &permitted, sizeof(permitted) );
}

/* §11: calls accumulate. */
static void test_accumulates(void)
{
    DWORD serial = get_dword( L"Serial_Access_Num" );

    reset_app_catalog();
    check_no_category( APP_PATH, NULL );
    check_set( APP_PATH, NULL, LSP_FIREWALL, 0 );
    ok( get_dword( L"Serial_Access_Num" ) != serial, "Serial_Access_Num is still %lu.\n", serial );
    check_category( APP_PATH, NULL, LSP_FIREWALL );
    check_set( APP_PATH, NULL, LSP_SYSTEM | LSP_PROXY, LSP_FIREWALL );
    check_category( APP_PATH, NULL, LSP_SYSTEM | LSP_PROXY | LSP_FIREWALL );
    ok( !set_category( APP_PATH, NULL, 0, NULL ), "Setting failed.\n" );
    check_category( APP_PATH, NULL, LSP_SYSTEM | LSP_PROXY | LSP_FIREWALL );
    check_no_category( L"C:\\winetest\\other.exe", NULL );

    /* To permit nothing is a category, too. */
    check_set( L"C:\\winetest\\other.exe", NULL, 0, 0 );
    check_category( L"C:\\winetest\\other.exe", NULL, 0 );
}

/* An application is a path with arguments. */
static void test_identity(void)
{
    reset_app_catalog();
    check_set( APP_PATH, L"-k one", LSP_FIREWALL, 0 );
    check_no_category( APP_PATH, NULL );
    check_no_category( APP_PATH, L"-k two" );
    check_set( APP_PATH, NULL, LSP_PROXY, 0 );
    check_set( APP_PATH, L"-k two", LSP_SYSTEM, 0 );
    check_category( APP_PATH, L"-k one", LSP_FIREWALL );
    check_category( APP_PATH, L"-k two", LSP_SYSTEM );
    check_category( APP_PATH, NULL, LSP_PROXY );
    check_category( APP_PATH, L"", LSP_PROXY );

    /* Our decisions where §11 is silent. */
    check_category( L"c:\\WINETEST\\App.Exe", L"-K ONE", LSP_FIREWALL );
    check_category( L"%SystemDrive%\\winetest\\app.exe", L" -k one\t", LSP_FIREWALL );
    check_no_category( APP_PATH, L"-k  one" );
    check_no_category( APP_PATH, L"-k \"one\"" );
    check_no_category( L"C:/winetest/app.exe", NULL );
    check_set( L"%SYSTEMDRIVE%\\Winetest\\other.exe", NULL, LSP_PROXY, 0 );
    check_category( L"C:\\winetest\\other.exe", NULL, LSP_PROXY );
}

/* §14.3 */
static void test_registry(void)
{
    WCHAR name[256], path[MAX_PATH], args[64];
    DWORD size, permitted;
    LSTATUS ret;
    HKEY key;

    reset_app_catalog();
    check_set( L"%SystemDrive%\\winetest\\app.exe", NULL, LSP_PROXY, 0 );
    key = open_app_catalog( 1, name );
    ok( wcslen( name ) == 8 && wcsspn( name, L"0123456789ABCDEF" ) == 8, "Got name %ls.\n", name );
    size = sizeof(path);
    ret = RegGetValueW( key, name, L"AppFullPath", RRF_RT_REG_SZ, NULL, path, &size );
    ok( !ret && !wcscmp( path, L"%SystemDrive%\\winetest\\app.exe" ), "Got %ld, path %ls.\n", ret, path );
    size = sizeof(args);
    ret = RegGetValueW( key, name, L"AppArgs", RRF_RT_ANY, NULL, args, &size );
    ok( ret == ERROR_FILE_NOT_FOUND, "Got %ld.\n", ret );
    size = sizeof(permitted);
    ret = RegGetValueW( key, name, L"PermittedLspCategories", RRF_RT_REG_DWORD, NULL, &permitted, &size );
    ok( !ret && permitted == LSP_PROXY, "Got %ld, %#lx.\n", ret, permitted );
    RegCloseKey( key );

    reset_app_catalog();
    check_set( APP_PATH, L"-k one", LSP_FIREWALL, 0 );
    key = open_app_catalog( 1, name );
    ok( wcslen( name ) == 17 && name[8] == '-' && wcsspn( name, L"0123456789ABCDEF" ) == 8 &&
        wcsspn( name + 9, L"0123456789ABCDEF" ) == 8, "Got name %ls.\n", name );
    size = sizeof(args);
    ret = RegGetValueW( key, name, L"AppArgs", RRF_RT_REG_SZ, NULL, args, &size );
    ok( !ret && !wcscmp( args, L"-k one" ), "Got %ld, arguments %ls.\n", ret, args );
    RegCloseKey( key );
}

/* Keys under any name, and keys that are none. */
static void test_foreign_keys(void)
{
    WCHAR name[256];
    HKEY key;

    reset_app_catalog();
    write_app( L"00000001", L"C:\\winetest\\other.exe", NULL, LSP_SYSTEM );
    write_app( L"12345678-9abcdef0", APP_PATH, L"-k one", LSP_FIREWALL );
    write_app( L"ffffffff", L"%SystemDrive%\\winetest\\app.exe", NULL, LSP_PROXY );
    check_category( APP_PATH, L"-k one", LSP_FIREWALL );
    check_category( APP_PATH, NULL, LSP_PROXY );
    check_set( APP_PATH, NULL, LSP_CRYPTO_COMPRESS, LSP_PROXY );
    check_category( APP_PATH, NULL, LSP_CRYPTO_COMPRESS | LSP_PROXY );
    RegCloseKey( open_app_catalog( 3, name ));

    key = open_app_catalog( 3, name );
    RegSetKeyValueW( key, L"00000000", L"AppFullPath", REG_SZ, APP_PATH, sizeof(APP_PATH) );
    RegSetKeyValueW( key, L"00000002", L"AppFullPath", REG_DWORD, L"x", 4 );
    RegSetKeyValueW( key, L"00000002", L"PermittedLspCategories", REG_DWORD, L"x", 4 );
    RegSetKeyValueW( key, L"00000003", L"PermittedLspCategories", REG_DWORD, L"x", 4 );
    RegSetKeyValueW( key, L"00000004", L"AppFullPath", REG_SZ, APP_PATH, 3 );
    RegSetKeyValueW( key, L"00000004", L"PermittedLspCategories", REG_SZ, L"1", 4 );
    RegCloseKey( key );
    check_category( APP_PATH, NULL, LSP_CRYPTO_COMPRESS | LSP_PROXY );
    check_no_category( L"C:\\winetest\\third.exe", NULL );
}

/* A writer was killed before its last value: there is no category, and the next one takes the key. */
static void test_unfinished_key(void)
{
    WCHAR name[256];
    HKEY key;

    reset_app_catalog();
    check_set( APP_PATH, L"-k one", LSP_FIREWALL, 0 );
    key = open_app_catalog( 1, name );
    RegDeleteKeyValueW( key, name, L"PermittedLspCategories" );
    check_no_category( APP_PATH, L"-k one" );
    check_no_category( APP_PATH, NULL );
    check_set( APP_PATH, L"-k one", LSP_PROXY, 0 );
    RegCloseKey( open_app_catalog( 1, name ));

    /* What another application left is not ours. */
    reset_app_catalog();
    check_set( APP_PATH, NULL, LSP_FIREWALL, 0 );
    RegCloseKey( key );
    key = open_app_catalog( 1, name );
    RegDeleteKeyValueW( key, name, L"PermittedLspCategories" );
    RegSetKeyValueW( key, name, L"AppArgs", REG_SZ, L"-k one", sizeof(L"-k one") );
    check_set( APP_PATH, NULL, LSP_PROXY, 0 );
    check_category( APP_PATH, NULL, LSP_PROXY );
    check_no_category( APP_PATH, L"-k one" );
    RegCloseKey( open_app_catalog( 1, name ));

    /* A name that another application has is not taken. */
    RegSetKeyValueW( key, name, L"AppFullPath", REG_SZ, L"C:\\x.exe", sizeof(L"C:\\x.exe") );
    check_set( APP_PATH, NULL, LSP_SYSTEM, 0 );
    check_category( APP_PATH, NULL, LSP_SYSTEM );
    check_category( L"C:\\x.exe", NULL, LSP_PROXY );
    RegCloseKey( open_app_catalog( 2, name ));
    RegCloseKey( key );
}

/* §11. WSA_NOT_ENOUGH_MEMORY cannot be provoked: the functions need a few kilobytes. */
static void test_errors(void)
{
    static WCHAR text[32768];
    int ret, error = 0xdead;
    DWORD i, permitted, serial;
    HKEY key;

    reset_app_catalog();
    for (i = 0; i < ARRAY_SIZE(text); ++i) text[i] = 'x';
    serial = get_dword( L"Serial_Access_Num" );

    ret = WSCGetApplicationCategory( NULL, 5, NULL, 0, &permitted, &error );
    check_error( ret, error, WSAEFAULT );
    ret = WSCGetApplicationCategory( (WCHAR *)8, 5, NULL, 0, &permitted, &error );
    check_error( ret, error, WSAEFAULT );
    ret = WSCGetApplicationCategory( text, 0, NULL, 0, &permitted, &error );
    check_error( ret, error, WSAEINVAL );
    ret = WSCGetApplicationCategory( NULL, 0, NULL, 0, NULL, &error );
    check_error( ret, error, WSAEINVAL );
    ret = WSCGetApplicationCategory( text, 32767, NULL, 0, &permitted, &error );
    check_error( ret, error, WSAEINVAL );
    ret = WSCGetApplicationCategory( text, 32766, NULL, 0, &permitted, &error );
    check_error( ret, error, WSASERVICE_NOT_FOUND );
    ret = WSCGetApplicationCategory( APP_PATH, ARRAY_SIZE(APP_PATH), NULL, 0, &permitted, &error );
    check_error( ret, error, WSAEINVAL );   /* the NUL is not to be counted */
    ret = WSCGetApplicationCategory( text, 5, NULL, 5, &permitted, &error );
    check_error( ret, error, WSAEFAULT );
    ret = WSCGetApplicationCategory( text, 5, (WCHAR *)8, 5, &permitted, &error );
    check_error( ret, error, WSAEFAULT );
    ret = WSCGetApplicationCategory( text, 5, text, 32767, &permitted, &error );
    check_error( ret, error, WSAEINVAL );
    ret = WSCGetApplicationCategory( text, 5, text, 5, NULL, &error );
    check_error( ret, error, WSAEFAULT );
    ret = WSCGetApplicationCategory( text, 5, NULL, 0, &permitted, NULL );
    ok( ret == SOCKET_ERROR, "Got %d.\n", ret );

    ret = WSCSetApplicationCategory( NULL, 5, NULL, 0, LSP_PROXY, NULL, &error );
    check_error( ret, error, WSAEFAULT );
    ret = WSCSetApplicationCategory( text, 0, NULL, 0, LSP_PROXY, NULL, &error );
    check_error( ret, error, WSAEINVAL );
    ret = WSCSetApplicationCategory( text, 32767, NULL, 0, LSP_PROXY, NULL, &error );
    check_error( ret, error, WSAEINVAL );
    ret = WSCSetApplicationCategory( text, 5, NULL, 5, LSP_PROXY, NULL, &error );
    check_error( ret, error, WSAEFAULT );
    ret = WSCSetApplicationCategory( text, 5, NULL, 0, LSP_PROXY, (DWORD *)8, &error );
    check_error( ret, error, WSAEFAULT );
    ret = WSCGetApplicationCategory( text, 5, NULL, 0, &permitted, &error );
    check_error( ret, error, WSASERVICE_NOT_FOUND );
    ok( get_dword( L"Serial_Access_Num" ) == serial, "Serial_Access_Num has changed.\n" );

    /* The length counts, not the NUL. */
    ret = WSCSetApplicationCategory( text, 5, text, 3, LSP_PROXY, NULL, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );
    check_category( L"xxxxx", L"xxx", LSP_PROXY );

    key = open_app_catalog( 1, text );
    deny_access( key, TRUE );
    ret = WSCGetApplicationCategory( APP_PATH, wcslen( APP_PATH ), NULL, 0, &permitted, &error );
    check_error( ret, error, WSANO_RECOVERY );
    ret = WSCSetApplicationCategory( APP_PATH, wcslen( APP_PATH ), NULL, 0, LSP_PROXY, &permitted, &error );
    check_error( ret, error, WSANO_RECOVERY );
    deny_access( key, FALSE );
    RegCloseKey( key );
    check_no_category( APP_PATH, NULL );
}

/* --- several processes --- */

#define WRITERS 4
#define BITS    8

static HANDLE start_writer( int number )
{
    STARTUPINFOA startup = {.cb = sizeof(startup)};
    char **argv, cmd[MAX_PATH + 32];
    PROCESS_INFORMATION process;
    BOOL ret;

    winetest_get_mainargs( &argv );
    sprintf( cmd, "\"%s\" category_app writer %d", argv[0], number );
    ret = CreateProcessA( NULL, cmd, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process );
    ok( ret, "Cannot start %s, error %lu.\n", cmd, GetLastError() );
    if (!ret) return NULL;
    CloseHandle( process.hThread );
    return process.hProcess;
}

static void writer( int number )
{
    int i;

    for (i = 0; i < BITS; ++i) ok( !set_category( APP_PATH, NULL, 1u << (number * BITS + i), NULL ), "Failed.\n" );
}

/* None takes a bit of another away, and there is one key. */
static void test_several_writers(void)
{
    HANDLE children[WRITERS];
    WCHAR name[256];
    int i;

    reset_app_catalog();
    for (i = 0; i < WRITERS; ++i) children[i] = start_writer( i );
    for (i = 0; i < WRITERS; ++i)
    {
        wait_child_process( children[i] );
        CloseHandle( children[i] );
    }
    check_category( APP_PATH, NULL, ~0u );
    RegCloseKey( open_app_catalog( 1, name ));
}

START_TEST(category_app)
{
    char **argv;
    int argc = winetest_get_mainargs( &argv );

    if (argc > 3)
    {
        writer( atoi( argv[3] ));
        return;
    }
    test_accumulates();
    test_identity();
    test_registry();
    test_foreign_keys();
    test_unfinished_key();
    test_errors();
    test_several_writers();
    reset_app_catalog();
}
