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

#include "tool_util.h"

static WCHAR lsp_path[] = LSP_PATH;

static void test_help(void)
{
    static const char *const commands[] =
    {
        "catalog", "install", "remove", "order", "check", "repair", "reset", "restore", "export", "import", "category",
        "namespaces",
    };
    struct dump before;
    static char all[sizeof(run_result.out)];
    const char *line;
    char usage[64];
    WCHAR args[64];
    unsigned int i;

    reset_catalog();
    dump_registry( &before );
    check_success( L"--help" );
    ok( strstr( run_result.out, "Usage: winelsp" ) == run_result.out, "Got output %s\n", run_result.out );
    ok( strstr( run_result.out, "netsh winsock show catalog" ) != NULL, "A user of netsh does not find the way.\n" );
    ok( strstr( run_result.out, "netsh winsock reset" ) != NULL, "A user of netsh does not find the way.\n" );
    strcpy( all, run_result.out );
    for (i = 0; i < ARRAY_SIZE(commands); ++i)
    {
        winetest_push_context( "%s", commands[i] );
        sprintf( usage, "\n  %s ", commands[i] );
        ok( strstr( all, usage ) != NULL, "It is not listed.\n" );

        swprintf( args, ARRAY_SIZE(args), L"%hs --help", commands[i] );
        check_success( args );
        sprintf( usage, "Usage: winelsp %s", commands[i] );
        ok( strstr( run_result.out, usage ) == run_result.out, "Got output %s\n", run_result.out );
        for (line = run_result.out; *line; line += strcspn( line, "\n" ) + 1)
            ok( strcspn( line, "\n" ) <= 80, "A line has %u columns.\n", (unsigned int)strcspn( line, "\n" ) );

        swprintf( args, ARRAY_SIZE(args), L"%hs --nonsense", commands[i] );
        check_failure( args, 2, usage );
        ok( strstr( run_result.err, "--nonsense" ) != NULL, "Got error %s\n", run_result.err );
        winetest_pop_context();
    }
    check_registry( &before );
    free( before.data );
}

static void test_command_line(void)
{
    reset_catalog();
    check_success( L"catalog" );
    check_failure( L"", 2, "Usage: winelsp" );
    check_failure( L"nonsense", 2, "nonsense" );
    check_failure( L"catalog more", 2, "more" );
    check_failure( L"reset more", 2, "more" );
    check_failure( L"reset --backup", 2, "--backup" );
    check_failure( L"check more", 2, "more" );
    check_failure( L"export", 2, "export" );
    check_failure( L"import", 2, "import" );
    check_failure( L"restore a b", 2, "'b'" );
    check_failure( L"remove", 2, "remove" );
    check_failure( L"order", 2, "order" );
    check_failure( L"order 1001x", 2, "1001x" );
    check_failure( L"order -1", 2, "-1" );
    check_failure( L"order 1001 4000", 1, "4000" );
    check_failure( L"order 1002 1001 1002", 1, "1002" );
    check_failure( L"remove \"MSAFD Tcpip [TCP/IP]\"", 1, "MSAFD Tcpip [TCP/IP]" );
    check_failure( L"remove {E70F1AA0-AB8B-11CF-8CA3-00805F48A192}", 1, "{E70F1AA0-AB8B-11CF-8CA3-00805F48A192}" );
    check_failure( L"remove {6C1B0C52-5B0A-4B1E-9D1C-312A570E11FF}", 1, "{6C1B0C52-5B0A-4B1E-9D1C-312A570E11FF}" );
    check_failure( L"remove \"Winetest\"", 1, "Winetest" );
    check_failure( L"category --app", 2, "--app" );
    check_failure( L"category --app C:\\x.exe --args", 2, "--args" );
    check_failure( L"category --app C:\\x.exe firewall nonsense", 2, "'nonsense'" );
    check_failure( L"category --app C:\\x.exe none firewall", 2, "'none'" );
    check_failure( L"category Winetest", 1, "'Winetest'" );
    check_failure( L"category {6C1B0C52-5B0A-4B1E-9D1C-312A570E11FF} firewall", 1,
                   "{6C1B0C52-5B0A-4B1E-9D1C-312A570E11FF}" );
    check_failure( L"namespaces nonsense", 2, "nonsense" );
    check_failure( L"namespaces list more", 2, "more" );
    check_failure( L"namespaces enable", 2, "enable" );
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
    for (line = run_result.out; *line; line += strcspn( line, "\n" ) + 1)
    {
        columns = count_columns( line );
        ok( columns <= 80, "A line has %d columns.\n", columns );
    }
    for (i = 0, line = run_result.out; i < list.count; ++i)
    {
        int len = list.infos[i].ProtocolChain.ChainLen;

        sprintf( text, "%10lu %s ", list.infos[i].dwCatalogEntryId, len > 1 ? "chain" : len ? "base " : "layer" );
        ok( (line = strstr( line, text )) != NULL, "There is no '%s' in its place.\n", text );
        if (!line) break;
    }
    ok( strstr( run_result.out, "Winetest \xc3\xbc\xcf\x80\xf0\x9f\x98\x80 a name" ) != NULL,
        "The name is not there.\n" );
    ok( strstr( run_result.out, "not cut either" ) != NULL, "The name was cut.\n" );
    sprintf( text, "%lu > 1001\n", id );
    ok( strstr( run_result.out, text ) != NULL, "The chain is not there.\n" );
    ok( strstr( run_result.out, "{6C1B0C52-5B0A-4B1E-9D1C-312A570E1101}\n" ) != NULL, "The GUID is not there.\n" );
    ok( strstr( run_result.out, "%SystemRoot%\\system32\\winetestlsp.dll\n" ) != NULL, "The path is not there.\n" );
    ok( strstr( run_result.out, "32-bit" ) != NULL, "The catalog of 32-bit programs is not there.\n" );
#ifdef _WIN64
    ok( strstr( run_result.out, "64-bit" ) != NULL, "The catalog of 64-bit programs is not there.\n" );
#endif

    /* Chains without their layer can be seen, and removed. */
    ret = WSCDeinstallProvider( &lsp_guid, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );
    check_success( L"catalog" );
    sprintf( text, "%lu (missing) > 1001\n", id );
    ok( strstr( run_result.out, text ) != NULL, "The chain is not there.\n" );
    check_success( L"remove \"Winetest \xfc\x3c0\xd83d\xde00 a name that is so long that it does not fit into "
                   L"one line, but is not cut either over [MSAFD Tcpip [UDP/IP]]\"" );
    get_list( &list );
    ok( find_id( &list, id + 1 ) != -1, "The other chain is gone, too.\n" );
    ok( find_id( &list, id + 2 ) == -1, "The chain is still there.\n" );
}

/* ---- JSON ---- */

/* Goes behind a value of strict JSON (RFC 8259); NULL if there is none. */
static const char *skip_value( const char *json );

static const char *skip_spaces( const char *json )
{
    return json + strspn( json, " \t\r\n" );
}

static const char *skip_string( const char *json )
{
    if (*json++ != '"') return NULL;
    for (; *json != '"'; ++json)
    {
        if ((unsigned char)*json < ' ') return NULL;
        if (*json != '\\') continue;
        ++json;
        if (*json == 'u' && strspn( json + 1, "0123456789abcdefABCDEF" ) >= 4) json += 4;
        else if (!*json || !strchr( "\"\\/bfnrt", *json )) return NULL;
    }
    return json + 1;
}

static const char *skip_number( const char *json )
{
    if (*json == '-') ++json;
    if (*json < '0' || *json > '9' || (*json == '0' && json[1] >= '0' && json[1] <= '9')) return NULL;
    return json + strspn( json, "0123456789" );
}

static const char *skip_members( const char *json, char end )
{
    json = skip_spaces( json );
    if (*json == end) return json + 1;
    for (;;)
    {
        if (end == '}')
        {
            if (!(json = skip_string( json ))) return NULL;
            json = skip_spaces( json );
            if (*json++ != ':') return NULL;
        }
        if (!(json = skip_value( json ))) return NULL;
        if (*json == end) return json + 1;
        if (*json++ != ',') return NULL;
        json = skip_spaces( json );
    }
}

static const char *skip_value( const char *json )
{
    json = skip_spaces( json );
    if (*json == '{') json = skip_members( json + 1, '}' );
    else if (*json == '[') json = skip_members( json + 1, ']' );
    else if (*json == '"') json = skip_string( json );
    else json = skip_number( json );
    return json ? skip_spaces( json ) : NULL;
}

static void test_json(void)
{
    WCHAR name[] = L"Winetest \"quoted\" \\ \xe4 \xd83d\xde00 \xd83d \t";
    const char *json, *end;
    struct list list;
    char text[64];
    int i, j;

    reset_catalog();
    add_layer( &lsp_guid, name, 2 );
    get_list( &list );
    check_success( L"catalog --json" );
    end = skip_value( run_result.out );
    ok( end && !*end, "This is no JSON: %s\n", run_result.out );
    ok( strstr( run_result.out, "\"Winetest \\\"quoted\\\" \\\\ \xc3\xa4 \xf0\x9f\x98\x80 \\ud83d \\u0009\"" ) != NULL,
        "Got output %s\n", run_result.out );
    for (i = 0, json = run_result.out; json && i < list.count; ++i)
    {
        const WSAPROTOCOL_INFOW *info = &list.infos[i];
        const struct
        {
            const char *name;
            LONGLONG value;
        }
        fields[] =
        {
            {"ChainLen", info->ProtocolChain.ChainLen},
            {"dwServiceFlags1", info->dwServiceFlags1},
            {"dwServiceFlags2", info->dwServiceFlags2},
            {"dwServiceFlags3", info->dwServiceFlags3},
            {"dwServiceFlags4", info->dwServiceFlags4},
            {"dwProviderFlags", info->dwProviderFlags},
            {"dwCatalogEntryId", info->dwCatalogEntryId},
            {"iVersion", info->iVersion},
            {"iAddressFamily", info->iAddressFamily},
            {"iMaxSockAddr", info->iMaxSockAddr},
            {"iMinSockAddr", info->iMinSockAddr},
            {"iSocketType", info->iSocketType},
            {"iProtocol", info->iProtocol},
            {"iProtocolMaxOffset", info->iProtocolMaxOffset},
            {"iNetworkByteOrder", info->iNetworkByteOrder},
            {"iSecurityScheme", info->iSecurityScheme},
            {"dwMessageSize", info->dwMessageSize},
            {"dwProviderReserved", info->dwProviderReserved},
        };

        for (j = 0; json && j < (int)ARRAY_SIZE(fields); ++j)
        {
            sprintf( text, "\"%s\": %I64d", fields[j].name, fields[j].value );
            json = strstr( json, text );
            ok( json != NULL, "Entry %d has no %s in its place.\n", i, text );
        }
    }
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
    WCHAR name[] = L"Winetest layer", path[MAX_PATH], args[400];
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

    scratch_path( L"winelsp-reset.reg", path );
    swprintf( args, ARRAY_SIZE(args), L"reset --backup \"%ls\"", path );
    check_success( args );
    DeleteFileW( path );
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
    test_help();
    test_command_line();
    test_catalog();
    test_json();
    test_remove();
    test_order();
    restore_catalog();
}
