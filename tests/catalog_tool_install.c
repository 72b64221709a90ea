/*
 * Tests of the catalog tool: installing, categories, name spaces
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

#include "tool_util.h"

#define GUID_TEXT "{6C1B0C52-5B0A-4B1E-9D1C-312A570E1101}"
#define INSTALL   L"install --guid {6C1B0C52-5B0A-4B1E-9D1C-312A570E1101} --name Winetest "

/* The tests' own copy of a DLL that can be a provider. */
static WCHAR file[MAX_PATH];

static void make_dll(void)
{
    WCHAR path[MAX_PATH];

    ExpandEnvironmentStringsW( L"%SystemRoot%\\system32\\tracelsp.dll", path, ARRAY_SIZE(path) );
    scratch_path( L"winelsp test \xe4.dll", file );
    ok( CopyFileW( path, file, FALSE ), "Cannot copy %ls, error %lu.\n", path, GetLastError() );
}

static void run_install( const WCHAR *options )
{
    WCHAR args[1000];

    reset_catalog();
    swprintf( args, ARRAY_SIZE(args), INSTALL L"%ls \"%ls\"", options, file );
    check_success( args );
}

/* Which protocols the layer is over: "tcp4 udp4 ". */
static const char *get_protocols( const struct list *list, BOOL *ifs )
{
    static char text[200];
    int i;

    *text = 0;
    for (i = 0; i < list->count; ++i)
    {
        const WSAPROTOCOL_INFOW *info = &list->infos[i];

        if (info->ProtocolChain.ChainLen != 2) continue;
        *ifs = (info->dwServiceFlags1 & XP1_IFS_HANDLES) != 0;
        sprintf( text + strlen( text ), "%s%s ", info->iSocketType == SOCK_STREAM ? "tcp" :
                 info->iSocketType == SOCK_DGRAM ? "udp" : "raw", info->iAddressFamily == AF_INET ? "4" : "6" );
    }
    return text;
}

static void check_installed_( int line, const WCHAR *options, const char *protocols, BOOL expect_ifs )
{
    WCHAR path[MAX_PATH];
    int i, ret, error, len = MAX_PATH;
    struct list base, list;
    BOOL ifs = !expect_ifs;
    char text[32];

    reset_catalog();
    get_list( &base );
    run_install( options );
    ok_(__FILE__, line)( strstr( run_result.out, "winelsp remove " GUID_TEXT ) != NULL, "Got output %s\n",
                         run_result.out );
    get_list( &list );
    ok_(__FILE__, line)( !strcmp( get_protocols( &list, &ifs ), protocols ), "Got protocols %s\n",
                         get_protocols( &list, &ifs ) );
    ok_(__FILE__, line)( ifs == expect_ifs, "Got IFS %d.\n", ifs );
    for (i = 0; i < list.count - base.count; ++i)
    {
        sprintf( text, "%10lu ", list.infos[i].dwCatalogEntryId );
        ok_(__FILE__, line)( strstr( run_result.out, text ) != NULL, "The id %s is not shown.\n", text );
    }
    ret = WSCGetProviderPath( &lsp_guid, path, &len, &error );
    ok_(__FILE__, line)( !ret && !wcscmp( path, file ), "Got path %ls.\n", ret ? L"" : path );

    check_success_( __FILE__, line, L"remove " L"{6C1B0C52-5B0A-4B1E-9D1C-312A570E1101}" );
    check_unchanged_( __FILE__, line, &base );
}
#define check_installed( options, protocols, ifs ) check_installed_( __LINE__, options, protocols, ifs )

static void test_install(void)
{
    struct list list;
    WCHAR args[1000];
    BOOL ifs;
    int i, id;

    check_installed( L"", "tcp4 udp4 raw4 tcp6 udp6 raw6 ", FALSE );
    check_installed( L"--non-ifs --over tcp4", "tcp4 ", FALSE );
    check_installed( L"--ifs --over udp6,tcp4,tcp4", "udp6 tcp4 ", TRUE );

    /* All means all that there are, and a layer comes over those that are there. */
    run_install( L"--over all" );
    get_list( &list );
    for (i = id = 0; i < list.count; ++i) if (list.infos[i].ProtocolChain.ChainLen == 2) ++id;
    ok( id == 9, "Got %d chains.\n", id );
    swprintf( args, ARRAY_SIZE(args), L"install --name \"Winetest upper\" --over tcp4 \"%ls\"", file );
    check_success( args );
    get_list( &list );
    ok( list.infos[1].ProtocolChain.ChainLen == 3, "Got %d elements.\n", list.infos[1].ProtocolChain.ChainLen );
    get_protocols( &list, &ifs );
    check_success( L"remove \"Winetest upper\"" );
    check_success( L"check" );
    ok( !strcmp( run_result.out, "No problems found.\n" ), "Got output %s\n", run_result.out );
}

static void check_refused_( int line, const WCHAR *format, const WCHAR *path, int status, const char *text )
{
    WCHAR args[1000];

    swprintf( args, ARRAY_SIZE(args), format, path );
    check_failure_( __FILE__, line, args, status, text );
}
#define check_refused( format, path, status, text ) check_refused_( __LINE__, format, path, status, text )

static void test_refused(void)
{
    WCHAR long_name[WSAPROTOCOL_LEN + 2], args[1000];
    struct list list;

    reset_catalog();
    get_list( &list );
    check_failure( L"install", 2, "wants a DLL" );
    check_failure( L"install --name", 2, "--name" );
    check_refused( L"install \"%ls\"", file, 2, "--name" );
    check_refused( L"install --name \"\" \"%ls\"", file, 2, "characters" );
    memset( long_name, 0, sizeof(long_name) );
    wmemset( long_name, 'x', WSAPROTOCOL_LEN + 1 );
    swprintf( args, ARRAY_SIZE(args), L"install --name %ls \"%ls\"", long_name, file );
    check_failure( args, 2, "255" );
    check_refused( L"install --name x --guid 123 \"%ls\"", file, 2, "'123'" );
    check_refused( L"install --name x --over tcp5 \"%ls\"", file, 2, "'tcp5'" );
    check_refused( L"install --name x --over tcp4, \"%ls\"", file, 2, "''" );
    check_refused( L"install --name x --over \"\" \"%ls\"", file, 2, "''" );
    check_refused( L"install --name x a \"%ls\"", file, 2, "too much" );
    check_failure( L"install --name x /home/lsp.dll", 1, "winepath -w" );
    check_failure( L"install --name x C:\\winetest\\missing.dll", 1, "C:\\winetest\\missing.dll' is not there" );
    check_failure( L"install --name x C:\\windows\\system32\\sporder.dll", 1, "has no WSPStartup" );
    check_failure( L"install --name x C:\\windows\\system32\\winelsp.exe", 1, "is a program" );
    check_refused( L"install --name \"msafd tcpip [tcp/ip]\" \"%ls\"", file, 1, "already" );
    check_refused( L"install --name x --guid {E70F1AA0-AB8B-11CF-8CA3-00805F48A192} \"%ls\"", file, 1, "already" );
#ifdef _WIN64
    check_refused( L"install --name x --dll32 C:\\winetest\\missing.dll \"%ls\"", file, 1,
                   "missing.dll' is not there" );
    check_refused( L"install --name x --dll32 \"%ls\" C:\\windows\\system32\\tracelsp.dll", file, 1,
                   "is for 64-bit programs" );
#else
    check_refused( L"install --name x --dll32 C:\\x.dll \"%ls\"", file, 2, "64-bit winelsp" );
#endif
}

/* The functions that a command needs may not be there yet. */
static BOOL has_function( const char *name )
{
    if (GetProcAddress( GetModuleHandleW( L"ws2_32.dll" ), name )) return TRUE;
    skip( "There is no %s.\n", name );
    return FALSE;
}

static void test_layer_category(void)
{
    struct dump before;
    int ret, error;
    size_t size;
    DWORD bits;

    if (!has_function( "WSCSetProviderInfo" )) return;
    run_install( L"" );
    dump_registry( &before );
    check_success( L"category" );
    ok( strstr( run_result.out, "Winetest\n" ) != NULL, "Got output %s\n", run_result.out );
    ok( strstr( run_result.out, GUID_TEXT "\n            none\n" ) != NULL, "Got output %s\n", run_result.out );
    check_success( L"category winetest" );
    ok( strstr( run_result.out, GUID_TEXT "\n            none\n" ) != NULL, "Got output %s\n", run_result.out );
    check_registry( &before );
    free( before.data );

    check_success( L"category Winetest firewall SYSTEM local-cache" );
    ok( strstr( run_result.out, "system firewall local-cache\n" ) != NULL, "Got output %s\n", run_result.out );
    size = sizeof(bits);
    ret = WSCGetProviderInfo( &lsp_guid, ProviderInfoLspCategories, (BYTE *)&bits, &size, 0, &error );
    ok( !ret && bits == (LSP_SYSTEM | LSP_FIREWALL | LSP_LOCAL_CACHE), "Got %d, bits %#lx.\n", ret, bits );
    check_success( L"category {6C1B0C52-5B0A-4B1E-9D1C-312A570E1101} none" );
    ok( strstr( run_result.out, GUID_TEXT "\n            none\n" ) != NULL, "Got output %s\n", run_result.out );
    check_success( L"remove Winetest" );
}

static void test_application_category(void)
{
    struct dump before;

    if (!has_function( "WSCGetApplicationCategory" )) return;
    dump_registry( &before );
    check_success( L"category --app C:\\winetest.exe" );
    ok( strstr( run_result.out, "all layers\n" ) != NULL, "Got output %s\n", run_result.out );
    check_registry( &before );
    check_success( L"category --app C:\\winetest.exe firewall" );
    ok( strstr( run_result.out, "C:\\winetest.exe\n            firewall\n" ) != NULL, "Got output %s\n",
        run_result.out );
    check_success( L"category --app C:\\winetest.exe --args \"-k x\" proxy" );
    ok( strstr( run_result.out, "            proxy\n" ) != NULL, "Got output %s\n", run_result.out );
    check_success( L"category" );
    ok( strstr( run_result.out, "C:\\winetest.exe\n            firewall\n" ) != NULL, "Got output %s\n",
        run_result.out );
    ok( strstr( run_result.out, "C:\\winetest.exe\n            -k x\n            proxy\n" ) != NULL, "Got output %s\n",
        run_result.out );
    RegDeleteTreeW( HKEY_LOCAL_MACHINE, PARAMETERS_KEY L"\\AppId_Catalog" );
    free( before.data );
}

/* Counts the lines of a provider in the list, enabled and disabled. */
static int count_text( const char *text )
{
    const char *at = run_result.out;
    int count = 0;

    while ((at = strstr( at, text )))
    {
        ++count;
        at += strlen( text );
    }
    return count;
}

static void test_namespaces(void)
{
    WCHAR name[] = L"Winetest \xe4 name space", path[] = L"%SystemRoot%\\system32\\winetestnsp.dll";
    WCHAR backup[MAX_PATH], args[1000];
    GUID guid = lsp2_guid;
    WSADATA data;
    INT ret;

    if (!has_function( "WSAEnumNameSpaceProvidersExW" )) return;
    WSAStartup( MAKEWORD( 2, 2 ), &data );
    ret = WSCInstallNameSpace( name, path, NS_DNS, 3, &guid );
    ok( !ret, "Got %d, error %d.\n", ret, WSAGetLastError() );
    WSACleanup();
    check_success( L"namespaces" );
    ok( count_text( "  enabled   Winetest \xc3\xa4 name space\n" ) == 1, "Got output %s\n", run_result.out );
    ok( count_text( "{6C1B0C52-5B0A-4B1E-9D1C-312A570E1102}\n" ) == 1, "Got output %s\n", run_result.out );
    ok( count_text( "name space 12 (DNS), version 3\n" ) == 1, "Got output %s\n", run_result.out );
    ok( count_text( "-bit programs" ) == sizeof(void *) / 4, "Got output %s\n", run_result.out );

    check_success( L"namespaces disable \"winetest \xe4 name space\"" );
    check_success( L"namespaces list" );
    ok( count_text( "  disabled  Winetest \xc3\xa4 name space\n" ) == 1, "Got output %s\n", run_result.out );
    check_success( L"namespaces enable {6C1B0C52-5B0A-4B1E-9D1C-312A570E1102}" );
    check_success( L"namespaces" );
    ok( count_text( "  enabled   Winetest \xc3\xa4 name space\n" ) == 1, "Got output %s\n", run_result.out );
    check_failure( L"namespaces disable {6C1B0C52-5B0A-4B1E-9D1C-312A570E11FF}", 1,
                   "{6C1B0C52-5B0A-4B1E-9D1C-312A570E11FF}" );

    /* A reset leaves the base providers. */
    scratch_path( L"winelsp-install.reg", backup );
    swprintf( args, ARRAY_SIZE(args), L"reset --backup \"%ls\"", backup );
    check_success( args );
    check_success( L"namespaces" );
    ok( !count_text( "Winetest" ), "Got output %s\n", run_result.out );
    ok( count_text( "  enabled   Tcpip\n" ) == sizeof(void *) / 4, "Got output %s\n", run_result.out );
    check_success( L"check" );
    DeleteFileW( backup );
}

START_TEST(catalog_tool_install)
{
    if (!save_catalog())
    {
        skip( "Cannot save the catalog.\n" );
        return;
    }
    make_dll();
    test_install();
    test_refused();
    test_layer_category();
    test_application_category();
    test_namespaces();
    DeleteFileW( file );
    restore_catalog();
}
