/*
 * Unit tests for winelsp.exe
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

static WCHAR lsp_path[] = LSP_PATH;

/* The result of one run of the program. */
static struct
{
    int status;
    char out[20000];
    char err[2000];
}
result;

static void read_pipe( HANDLE pipe, char *buffer, DWORD size )
{
    DWORD len = 0, count;

    while (len < size - 1 && ReadFile( pipe, buffer + len, size - 1 - len, &count, NULL ) && count) len += count;
    buffer[len] = 0;
    CloseHandle( pipe );
}

static void run( const WCHAR *args )
{
    SECURITY_ATTRIBUTES inherit = {sizeof(inherit), NULL, TRUE};
    STARTUPINFOW startup = {.cb = sizeof(startup), .dwFlags = STARTF_USESTDHANDLES};
    PROCESS_INFORMATION process;
    HANDLE out, err;
    WCHAR cmd[512];
    DWORD status;
    BOOL ret;

    memset( &result, 0, sizeof(result) );
    result.status = -1;
    CreatePipe( &out, &startup.hStdOutput, &inherit, 0 );
    CreatePipe( &err, &startup.hStdError, &inherit, 0 );
    SetHandleInformation( out, HANDLE_FLAG_INHERIT, 0 );
    SetHandleInformation( err, HANDLE_FLAG_INHERIT, 0 );

    swprintf( cmd, ARRAY_SIZE(cmd), L"winelsp.exe %ls", args );
    ret = CreateProcessW( NULL, cmd, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &process );
    ok( ret, "Cannot start winelsp.exe, error %lu.\n", GetLastError() );
    CloseHandle( startup.hStdOutput );
    CloseHandle( startup.hStdError );
    read_pipe( out, result.out, sizeof(result.out) );
    read_pipe( err, result.err, sizeof(result.err) );
    if (!ret) return;

    ok( !WaitForSingleObject( process.hProcess, 30000 ), "winelsp.exe does not end.\n" );
    GetExitCodeProcess( process.hProcess, &status );
    result.status = status;
    CloseHandle( process.hProcess );
    CloseHandle( process.hThread );
}

/* Runs the program, which has to succeed without a word on standard error. */
static void check_success_( int line, const WCHAR *args )
{
    run( args );
    ok_(__FILE__, line)( !result.status, "Got status %d.\n", result.status );
    ok_(__FILE__, line)( !result.err[0], "Got error %s\n", result.err );
}
#define check_success( args ) check_success_( __LINE__, args )

/* Runs the program, which has to fail with a message that contains the text, and change nothing. */
static void check_failure_( int line, const WCHAR *args, int status, const char *text )
{
    struct list list;

    get_list( &list );
    run( args );
    ok_(__FILE__, line)( result.status == status, "Got status %d.\n", result.status );
    ok_(__FILE__, line)( strstr( result.err, text ) != NULL, "Got error %s\n", result.err );
    ok_(__FILE__, line)( !result.out[0], "Got output %s\n", result.out );
    check_unchanged_( __FILE__, line, &list );
}
#define check_failure( args, status, text ) check_failure_( __LINE__, args, status, text )

static void test_command_line(void)
{
    reset_catalog();
    check_success( L"--help" );
    ok( strstr( result.out, "Usage: winelsp" ) == result.out, "Got output %s\n", result.out );
    check_failure( L"", 2, "Usage: winelsp" );
    check_failure( L"nonsense", 2, "nonsense" );
    check_failure( L"catalog more", 2, "more" );
    check_failure( L"reset more", 2, "more" );
    check_failure( L"remove", 2, "remove" );
    check_failure( L"remove a b", 2, "remove" );
    check_failure( L"order", 2, "order" );
    check_failure( L"order 1001x", 2, "1001x" );
    check_failure( L"order -1", 2, "-1" );
    check_failure( L"order 1001 4000", 1, "4000" );
    check_failure( L"order 1002 1001 1002", 1, "1002" );
    check_failure( L"remove \"MSAFD Tcpip [TCP/IP]\"", 1, "MSAFD Tcpip [TCP/IP]" );
    check_failure( L"remove {E70F1AA0-AB8B-11CF-8CA3-00805F48A192}", 1, "{E70F1AA0-AB8B-11CF-8CA3-00805F48A192}" );
    check_failure( L"remove {6C1B0C52-5B0A-4B1E-9D1C-312A570E11FF}", 1, "{6C1B0C52-5B0A-4B1E-9D1C-312A570E11FF}" );
    check_failure( L"remove \"Winetest\"", 1, "Winetest" );
}

/* Installs a layer over TCP/IP and UDP/IP, into the native catalog. */
static DWORD add_layer( GUID *guid, WCHAR *name, DWORD count )
{
    WSAPROTOCOL_INFOW wanted[2];
    struct list list;
    int ret, error;
    DWORD id;

    get_list( &list );
    wanted[0] = list.infos[find_id( &list, 1001 )];
    wanted[1] = list.infos[find_id( &list, 1002 )];
    ret = WSCInstallProviderAndChains( guid, lsp_path, name, 0, wanted, count, &id, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );
    return id;
}

/* Characters of UTF-8 text up to the end of the line. */
static int count_columns( const char *line )
{
    int count = 0;

    for (; *line && *line != '\n'; ++line) if ((*line & 0xc0) != 0x80) ++count;
    return count;
}

static void test_catalog(void)
{
    WCHAR name[] = L"Winetest \xfc\x3c0\xd83d\xde00 a name that is so long that it does not fit into one line, but is "
                   L"not cut either";
    char text[64];
    struct list list;
    const char *line;
    int i, columns, ret, error;
    DWORD id;

    reset_catalog();
    id = add_layer( &lsp_guid, name, 2 );
    get_list( &list );
    check_success( L"catalog" );
    for (line = result.out; *line; line += strcspn( line, "\n" ) + 1)
    {
        columns = count_columns( line );
        ok( columns <= 80, "A line has %d columns.\n", columns );
    }
    for (i = 0, line = result.out; i < list.count; ++i)
    {
        int len = list.infos[i].ProtocolChain.ChainLen;

        sprintf( text, "%10lu %s ", list.infos[i].dwCatalogEntryId, len > 1 ? "chain" : len ? "base " : "layer" );
        ok( (line = strstr( line, text )) != NULL, "There is no '%s' in its place.\n", text );
        if (!line) break;
    }
    ok( strstr( result.out, "Winetest \xc3\xbc\xcf\x80\xf0\x9f\x98\x80 a name" ) != NULL, "The name is not there.\n" );
    ok( strstr( result.out, "not cut either" ) != NULL, "The name was cut.\n" );
    sprintf( text, "%lu > 1001\n", id );
    ok( strstr( result.out, text ) != NULL, "The chain is not there.\n" );
    ok( strstr( result.out, "{6C1B0C52-5B0A-4B1E-9D1C-312A570E1101}\n" ) != NULL, "The GUID is not there.\n" );
    ok( strstr( result.out, "%SystemRoot%\\system32\\winetestlsp.dll\n" ) != NULL, "The path is not there.\n" );
    ok( strstr( result.out, "32-bit" ) != NULL, "The catalog of 32-bit programs is not there.\n" );
#ifdef _WIN64
    ok( strstr( result.out, "64-bit" ) != NULL, "The catalog of 64-bit programs is not there.\n" );
#endif

    /* Chains without their layer can be seen, and removed. */
    ret = WSCDeinstallProvider( &lsp_guid, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );
    check_success( L"catalog" );
    sprintf( text, "%lu (missing) > 1001\n", id );
    ok( strstr( result.out, text ) != NULL, "The chain is not there.\n" );
    check_success( L"remove \"Winetest \xfc\x3c0\xd83d\xde00 a name that is so long that it does not fit into "
                   L"one line, but is not cut either over [MSAFD Tcpip [UDP/IP]]\"" );
    get_list( &list );
    ok( find_id( &list, id + 1 ) != -1, "The other chain is gone, too.\n" );
    ok( find_id( &list, id + 2 ) == -1, "The chain is still there.\n" );
}

static void test_remove(void)
{
#ifdef _WIN64
    int ret, error;
#endif
    WCHAR name[] = L"Winetest lower", name2[] = L"Winetest upper";
    WSAPROTOCOL_INFOW layer, chain;
    struct list base, list;
    DWORD id, id2;
    int chain_index;

    reset_catalog();
    get_list( &base );
    id = add_layer( &lsp_guid, name, 2 );
    id2 = add_layer( &lsp2_guid, name2, 1 );
    get_list( &list );
    chain_index = find_id( &list, id2 ) + 1;
    ok( list.infos[chain_index].ProtocolChain.ChainEntries[1] == id, "The layers are not over each other.\n" );

    check_failure( L"remove \"Winetest upper over [Winetest lower over [MSAFD Tcpip [TCP/IP]]]\"", 1,
                   "{6C1B0C52-5B0A-4B1E-9D1C-312A570E1102}" );

    /* A chain that names another chain, as older installers make them, goes with it. */
    chain = make_chain( &list, 1001, list.infos[chain_index].dwCatalogEntryId, L"Winetest chain" );
    install( &chain_guid, &chain, 1 );
    check_success( L"remove \"winetest LOWER\"" );
    get_list( &list );
    ok( list.count == base.count + 1, "Got %d entries.\n", list.count );
    ok( list.infos[0].dwCatalogEntryId == id2, "The upper layer is gone, too.\n" );

    layer = make_layer( &list, L"Winetest upper" );
    install( &lsp_guid, &layer, 1 );
    check_failure( L"remove \"Winetest upper\"", 1, "{6C1B0C52-5B0A-4B1E-9D1C-312A570E1101}" );
    check_success( L"remove 6c1b0c52-5b0a-4b1e-9d1c-312a570e1102" );
    check_success( L"remove {6C1B0C52-5B0A-4B1E-9D1C-312A570E1101}" );
    check_unchanged( &base );

#ifdef _WIN64
    ret = WSCInstallProvider64_32( &lsp_guid, lsp_path, &layer, 1, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );
    check_success( L"remove {6C1B0C52-5B0A-4B1E-9D1C-312A570E1101}" );
    check_unchanged( &base );
    get_list_of( TRUE, &list );
    ok( list.count == base.count, "Got %d entries.\n", list.count );
#endif
}

static void test_order(void)
{
    WCHAR name[] = L"Winetest layer";
    struct list base, list;
    DWORD id;
    int i;

    reset_catalog();
    get_list( &base );
    id = add_layer( &lsp_guid, name, 1 );
    check_success( L"order 1004 1002" );
    get_list( &list );
    ok( list.count == base.count + 2, "Got %d entries.\n", list.count );
    ok( list.infos[0].dwCatalogEntryId == 1004, "Got id %lu.\n", list.infos[0].dwCatalogEntryId );
    ok( list.infos[1].dwCatalogEntryId == 1002, "Got id %lu.\n", list.infos[1].dwCatalogEntryId );
    ok( list.infos[2].dwCatalogEntryId == id, "Got id %lu.\n", list.infos[2].dwCatalogEntryId );
    ok( list.infos[4].dwCatalogEntryId == 1001, "Got id %lu.\n", list.infos[4].dwCatalogEntryId );
#ifdef _WIN64
    get_list_of( TRUE, &list );
    ok( list.infos[0].dwCatalogEntryId == 1004, "Got id %lu.\n", list.infos[0].dwCatalogEntryId );
    ok( list.infos[2].dwCatalogEntryId == 1001, "Got id %lu.\n", list.infos[2].dwCatalogEntryId );
#endif

    check_success( L"reset" );
    check_unchanged( &base );
    for (i = 0; i < base.count; ++i)
        ok( base.infos[i].ProtocolChain.ChainLen == BASE_PROTOCOL, "Entry %d is no base entry.\n", i );
#ifdef _WIN64
    get_list_of( TRUE, &list );
    ok( !memcmp( &list, &base, sizeof(list) ), "The catalog of 32-bit programs is another one.\n" );
#endif
}

START_TEST(catalog_tool)
{
    if (!save_catalog())
    {
        skip( "Cannot save the catalog.\n" );
        return;
    }
    test_command_line();
    test_catalog();
    test_remove();
    test_order();
    restore_catalog();
}
