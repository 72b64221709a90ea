/*
 * Tests of the catalog tool: checking and repairing
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

#include "namespace_util.h"
#include "tool_util.h"

#define GOOD_DLL L"%SystemRoot%\\system32\\tracelsp.dll"

#ifdef _WIN64
#define NATIVE "64-bit"
#define OTHER  "32-bit"
#else
#define NATIVE "32-bit"
#define OTHER  "64-bit"
#endif

static WCHAR backup[MAX_PATH], backup2[MAX_PATH];
static int start_count;   /* of the base entries */

/* The output without its line breaks. */
static BOOL has_output( const char *text )
{
    static char joined[sizeof(run_result.out)];
    const char *src = run_result.out;
    char *dst = joined;

    while (*src)
    {
        if (*src == '\n' || *src == ' ')
        {
            while (*src == '\n' || *src == ' ') ++src;
            *dst++ = ' ';
        }
        else *dst++ = *src++;
    }
    *dst = 0;
    return strstr( joined, text ) != NULL;
}

/* The base entries only; returns how many. */
static int start(void)
{
    struct list list;

    reset_catalog();
    get_list( &list );
    return list.count;
}

/* check finds the problem, and changes nothing. */
static void check_found_( int line, const char *text )
{
    struct dump before;

    dump_registry( &before );
    run_tool( L"check" );
    ok_(__FILE__, line)( run_result.status == 1, "Got status %d.\n", run_result.status );
    ok_(__FILE__, line)( has_output( text ), "Got output %s\n", run_result.out );
    ok_(__FILE__, line)( has_output( "winelsp repair" ), "Got output %s\n", run_result.out );
    check_registry_( __FILE__, line, &before );
    free( before.data );
}

/* And repair mends it, leaving so many native entries. */
static void check_problem_( int line, const char *text, int count )
{
    struct list list;
    WCHAR args[1000];

    check_found_( line, text );
    DeleteFileW( backup );
    swprintf( args, ARRAY_SIZE(args), L"repair --backup \"%ls\"", backup );
    check_success_( __FILE__, line, args );
    ok_(__FILE__, line)( has_output( text ), "Got output %s\n", run_result.out );
    check_success_( __FILE__, line, L"check" );
    ok_(__FILE__, line)( !strcmp( run_result.out, "No problems found.\n" ), "Got output %s\n", run_result.out );
    get_list( &list );
    ok_(__FILE__, line)( list.count == count, "Got %d entries.\n", list.count );
    ok_(__FILE__, line)( get_count( NATIVE_COUNT ) == count, "Got count %d.\n", get_count( NATIVE_COUNT ) );
}
#define check_problem( text, count ) check_problem_( __LINE__, text, count )

/* restore with the backup of a repair brings back what was wrong. */
static void test_restore(void)
{
    struct dump before;
    WCHAR args[1000];
    int count = start();

    write_item( count + 1, "short", 5 );
    dump_registry( &before );
    check_problem( "it is too short", count );
    DeleteFileW( backup2 );
    swprintf( args, ARRAY_SIZE(args), L"restore --backup \"%ls\" \"%ls\"", backup2, backup );
    check_success( args );
    check_registry( &before );
    free( before.data );
}

/* Adds an entry as it is, with the number that follows. */
static void add_item( int number, const struct packed_item *item )
{
    DWORD count = number;

    write_item( number, item, sizeof(*item) );
    set_value( NATIVE_COUNT, REG_DWORD, &count, sizeof(count) );
}

static void set_next_id( DWORD id )
{
    set_value( L"Next_Catalog_Entry_ID", REG_DWORD, &id, sizeof(id) );
}

/* An entry that is right, to be spoilt. */
static struct packed_item make_item( DWORD id, int chain_len, const GUID *guid )
{
    struct packed_item item;

    ok( read_item( 1, &item ), "There is no first item.\n" );
    WideCharToMultiByte( CP_ACP, 0, GOOD_DLL, -1, item.path, sizeof(item.path), NULL, NULL );
    item.info.ProviderId = *guid;
    item.info.dwCatalogEntryId = id;
    item.info.ProtocolChain.ChainLen = chain_len;
    item.info.ProtocolChain.ChainEntries[0] = id;
    wcscpy( item.info.szProtocol, L"Winetest entry" );
    set_next_id( id + 1 );
    return item;
}

static void test_no_problem(void)
{
    struct dump before;
    WCHAR args[1000];

    start();
    dump_registry( &before );
    check_success( L"check" );
    ok( !strcmp( run_result.out, "No problems found.\n" ), "Got output %s\n", run_result.out );
    DeleteFileW( backup );
    swprintf( args, ARRAY_SIZE(args), L"repair --backup \"%ls\"", backup );
    check_success( args );
    ok( GetFileAttributesW( backup ) == INVALID_FILE_ATTRIBUTES, "There is a backup, though nothing was changed.\n" );
    check_registry( &before );
    free( before.data );
}

static void test_malformed(void)
{
    int count = start(), i;
    struct packed_item item;
    WCHAR name[256], *end;
    char text[100];
    DWORD dword = 5;
    HKEY key;

    item = make_item( 2000, 0, &lsp_guid );
    sprintf( text, NATIVE ": the key %012d is no entry: it is too short", count + 1 );
    write_item( count + 1, &item, sizeof(item) - 1 );
    check_found_( __LINE__, text );

    start();
    sprintf( text, NATIVE ": the key %012d is no entry: it is too long", count + 1 );
    write_item( count + 1, (char [sizeof(item) + 1]){0}, sizeof(item) + 1 );
    check_problem( text, count );

    start();
    item = make_item( 2000, 0, &lsp_guid );
    for (i = 0; i < (int)sizeof(item.path); ++i) item.path[i] = 'x';
    add_item( count + 1, &item );
    check_problem( "its path has no end", count );

    start();
    item = make_item( 2000, 8, &lsp_guid );
    add_item( count + 1, &item );
    check_problem( "its chain length is out of range", count );

    start();
    item = make_item( 1001, 0, &lsp_guid );
    set_next_id( 3000 );
    add_item( count + 1, &item );
    check_problem( "an entry before it has its id", count );

    start();
    item_key( count + 1, name );
    ok( !RegCreateKeyExW( HKEY_LOCAL_MACHINE, name, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL ), "No key.\n" );
    check_found_( __LINE__, "it has no PackedCatalogItem" );
    RegSetValueExW( key, L"PackedCatalogItem", 0, REG_DWORD, (BYTE *)&dword, sizeof(dword) );
    RegCloseKey( key );
    check_problem( "its PackedCatalogItem is not binary", count );

    start();
    item_key( 1, name );
    end = wcsrchr( name, '\\' );
    wcscpy( end, L"\\Winetest" );
    ok( !RegCreateKeyExW( HKEY_LOCAL_MACHINE, name, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL ), "No key.\n" );
    RegCloseKey( key );
    check_problem( "the key Winetest is no entry", count );
}

static void test_numbers(void)
{
    int count = start();
    struct packed_item item;
    WCHAR name[256];
    DWORD dword = 3;
    HKEY key;

    set_value( NATIVE_COUNT, REG_DWORD, &dword, sizeof(dword) );
    check_problem( "is 3, but there are", count );

    start();
    set_next_id( 1033 );
    check_problem( "Next_Catalog_Entry_ID is 1033, but the id 1033 is in use", count );

    /* A gap in the names of the keys. */
    start();
    item = make_item( 2000, 0, &lsp_guid );
    add_item( count + 5, &item );
    dword = count + 1;
    set_value( NATIVE_COUNT, REG_DWORD, &dword, sizeof(dword) );
    check_problem( "should have the name", count + 1 );

    /* A catalog without any entry is one, too. */
    start();
    item_key( 1, name );
    *wcsrchr( name, '\\' ) = 0;
    RegDeleteTreeW( HKEY_LOCAL_MACHINE, name );
    ok( !RegCreateKeyExW( HKEY_LOCAL_MACHINE, name, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL ), "No key.\n" );
    RegCloseKey( key );
    dword = 0;
    set_value( NATIVE_COUNT, REG_DWORD, &dword, sizeof(dword) );
    check_success( L"catalog" );
    ok( has_output( "Catalog of " NATIVE " programs: 0 entries" ), "Got output %s\n", run_result.out );
    check_problem( "the base entry 'MSAFD Tcpip [UDP/IP]' is missing", count );

    /* Base entries come back. */
    start();
    item_key( 1, name );
    RegDeleteTreeW( HKEY_LOCAL_MACHINE, name );
    check_problem( "the base entry 'MSAFD Tcpip [TCP/IP]' is missing", count );
}

static void test_chains(void)
{
    int count = start();
    struct packed_item layer, chain, layer2, chain2;

    layer = make_item( 2000, 0, &lsp_guid );
    chain = make_item( 2001, 2, &chain_guid );
    chain.info.ProtocolChain.ChainEntries[0] = 2000;
    chain.info.ProtocolChain.ChainEntries[1] = 1001;
    add_item( count + 1, &layer );
    add_item( count + 2, &chain );
    check_success( L"check" );

    /* It has lost its base; the chain over it goes, too. */
    start();
    chain.info.ProtocolChain.ChainEntries[1] = 4321;
    chain2 = make_item( 2002, 2, &lsp2_guid );
    chain2.info.ProtocolChain.ChainEntries[0] = 2000;
    chain2.info.ProtocolChain.ChainEntries[1] = 2001;
    add_item( count + 1, &chain2 );
    add_item( count + 2, &chain );
    add_item( count + 3, &layer );
    check_problem( "2001, chain 'Winetest entry', {6C1B0C52-5B0A-4B1E-9D1C-312A570E1103}: its chain has the id 4321, "
                   "which no entry has", count + 1 );

    /* An IFS chain over a layer that is not. */
    start();
    chain.info.ProtocolChain.ChainEntries[1] = 1001;
    layer.info.dwServiceFlags1 &= ~XP1_IFS_HANDLES;
    chain.info.dwServiceFlags1 &= ~XP1_IFS_HANDLES;
    layer2 = make_item( 2002, 0, &lsp2_guid );
    chain2 = make_item( 2003, 3, &unknown_guid );
    chain2.info.ProtocolChain.ChainEntries[0] = 2002;
    chain2.info.ProtocolChain.ChainEntries[1] = 2000;
    chain2.info.ProtocolChain.ChainEntries[2] = 1001;
    add_item( count + 1, &layer );
    add_item( count + 2, &chain );
    add_item( count + 3, &layer2 );
    add_item( count + 4, &chain2 );
    check_problem( "it is IFS, and 2000 below it is not", count + 3 );

    /* The chains of the lower layer say what it is, not its own entry. */
    start();
    chain.info.dwServiceFlags1 |= XP1_IFS_HANDLES;
    set_next_id( 3000 );
    add_item( count + 1, &layer );
    add_item( count + 2, &chain );
    add_item( count + 3, &layer2 );
    add_item( count + 4, &chain2 );
    check_success( L"check" );
}

static void test_guids(void)
{
    int count = start();
    struct packed_item item;

    item = make_item( 2000, 0, &tcpip_guid );
    add_item( count + 1, &item );
    check_problem( "it has the GUID of a base entry", count );

    start();
    item = make_item( 2000, 0, &lsp_guid );
    add_item( count + 1, &item );
    item.info.dwCatalogEntryId = 2001;
    set_next_id( 2002 );
    add_item( count + 2, &item );
    check_success( L"check" );
    strcpy( item.path, "%SystemRoot%\\system32\\mswsock.dll" );
    add_item( count + 2, &item );
    check_problem( "an entry before it has its GUID, and another DLL", count + 1 );
}

/* Installs a layer with a DLL, and has it checked. */
static void check_dll( int line, const char *path, const char *reason )
{
    struct packed_item layer, chain;
    char text[1000];
    int count = start();

    layer = make_item( 2000, 0, &lsp_guid );
    chain = make_item( 2001, 2, &chain_guid );
    chain.info.ProtocolChain.ChainEntries[0] = 2000;
    chain.info.ProtocolChain.ChainEntries[1] = 1001;
    strcpy( layer.path, path );
    strcpy( chain.path, path );
    add_item( count + 1, &layer );
    add_item( count + 2, &chain );
    sprintf( text, "{6C1B0C52-5B0A-4B1E-9D1C-312A570E1101}: the DLL %s %s", path, reason );
    check_found_( line, text );
}

static void test_dlls(void)
{
    int count = start();
    WCHAR expanded[MAX_PATH], file[MAX_PATH];
    char path[MAX_PATH], *data;
    IMAGE_NT_HEADERS *nt;
    DWORD size;

    check_dll( __LINE__, "C:\\winetest\\missing.dll", "is not there" );
    check_problem( "winetest\\missing.dll is not there", count );
    check_dll( __LINE__, "%SystemRoot%\\system32\\winetestlsp.dll", "is not there" );
    check_dll( __LINE__, "winetestlsp", "is not there" );
    check_dll( __LINE__, "%SystemRoot%\\system32\\sporder.dll", "has no WSPStartup" );
    check_dll( __LINE__, "%SystemRoot%\\system32\\winelsp.exe", "is a program" );

    ExpandEnvironmentStringsW( GOOD_DLL, expanded, ARRAY_SIZE(expanded) );
    data = read_file( expanded, &size );
    scratch_path( L"wtlsp.dll", file );
    WideCharToMultiByte( CP_ACP, 0, file, -1, path, sizeof(path), NULL, NULL );
    write_file( file, data, 0 );
    check_dll( __LINE__, path, "is no DLL" );
    write_file( file, data, 200 );
    check_dll( __LINE__, path, "is no DLL" );
    write_file( file, data, 0x600 );
    check_dll( __LINE__, path, "has no WSPStartup" );

    nt = (IMAGE_NT_HEADERS *)(data + ((IMAGE_DOS_HEADER *)data)->e_lfanew);
    nt->OptionalHeader.DataDirectory[IMAGE_DIRECTORY_ENTRY_EXPORT].VirtualAddress = 0xfffffff0;
    write_file( file, data, size );
    check_dll( __LINE__, path, "has no WSPStartup" );
    nt->FileHeader.Machine = IMAGE_FILE_MACHINE_ARM64;
    write_file( file, data, size );
    check_dll( __LINE__, path, "is for another processor" );
    nt->FileHeader.Machine = sizeof(void *) == 8 ? IMAGE_FILE_MACHINE_I386 : IMAGE_FILE_MACHINE_AMD64;
    write_file( file, data, size );
    check_dll( __LINE__, path, "is for " OTHER " programs" );
    DeleteFileW( file );
    free( data );
}

/* The state of a writer that was killed. */
static void test_journal(void)
{
    struct
    {
        DWORD magic, next_id, serial, counts[2];
        struct packed_item items[10];
    } journal;
    int count = start(), i;

    memset( &journal, 0, sizeof(journal) );
    journal.magic = 0x3170736c;
    journal.next_id = 2001;
    journal.serial = 77;
    set_value( L"Pending_Catalog", REG_BINARY, "nonsense", 8 );
    check_problem( "Pending_Catalog is damaged", count );

    start();
    for (i = 0; i < count; ++i) read_item( i + 1, &journal.items[i] );
    journal.items[count] = make_item( 2000, 0, &lsp_guid );
    set_next_id( 1034 );
    journal.counts[sizeof(void *) == 8] = count + 1;
    set_value( L"Pending_Catalog", REG_BINARY, &journal, sizeof(journal) );
    check_problem( "a program was stopped while it changed the catalogs", count + 1 );
}

/* --- name spaces --- */

/* The base provider, and one that is right: Wine's own mswsock.dll has a NSPStartup. */
static struct namespace_item start_namespaces(void)
{
    static struct namespace_list list;
    struct namespace_item item;
    DWORD count = 2;

    reset_namespaces();
    get_namespaces( &list );
    ok( list.count == 1, "Got %d providers.\n", list.count );
    ok( read_namespace_item( 1, &item ), "There is no entry.\n" );
    item.id = namespace_guid( 1 );
    wcscpy( item.name, L"Winetest" );
    write_namespace_item( 2, &item );
    set_namespace_value( NATIVE_COUNT, REG_DWORD, &count, sizeof(count) );
    return item;
}

static void check_namespace_problem_( int line, const char *text, int count )
{
    static struct namespace_list list;

    check_problem_( line, text, start_count );
    get_namespaces( &list );
    ok_(__FILE__, line)( list.count == count, "Got %d providers.\n", list.count );
    ok_(__FILE__, line)( get_namespace_dword( NATIVE_COUNT ) == (DWORD)count, "Got count %lu.\n",
                         get_namespace_dword( NATIVE_COUNT ) );
}
#define check_namespace_problem( text, count ) check_namespace_problem_( __LINE__, text, count )

static void test_namespace_entries(void)
{
    struct namespace_item item;
    DWORD count = 7;
    HKEY key;

    start_count = start();
    start_namespaces();
    check_success( L"check" );
    set_namespace_value( NATIVE_COUNT, REG_DWORD, &count, sizeof(count) );
    check_namespace_problem( NATIVE " name spaces: ", 2 );

    start_namespaces();
    key = open_namespace_item( 2 );
    RegDeleteValueW( key, L"Version" );
    RegCloseKey( key );
    check_namespace_problem( NATIVE " name spaces: the key 000000000002 is no entry: its Version is missing or "
                             "malformed", 1 );

    item = start_namespaces();
    write_namespace_item( 3, &item );
    check_namespace_problem( "the key 000000000003 is no entry: an entry before it has its GUID", 2 );

    item = start_namespaces();
    item.id = namespace_guid( 2 );
    write_namespace_item( 7, &item );
    check_namespace_problem( "the key '000000000007' should have the name 000000000003", 3 );

    item = start_namespaces();
    wcscpy( item.path, L"%SystemRoot%\\system32\\winetest.dll" );
    write_namespace_item( 2, &item );
    check_namespace_problem( "name spaces: 'Winetest', {00000001-33D3-4ED8-8A2C-6D115C0F74E2}: the DLL "
                             "%SystemRoot%\\system32\\winetest.dll is not there", 1 );
    item = start_namespaces();
    wcscpy( item.path, GOOD_DLL );
    write_namespace_item( 2, &item );
    check_namespace_problem( "has no NSPStartup", 1 );

    item = start_namespaces();
    write_namespace_item( 1, &item );
    item.id = namespace_guid( 2 );
    write_namespace_item( 2, &item );
    check_namespace_problem( "the base entry 'Tcpip' is missing", 3 );
}

/* The state of a writer that was killed: no provider in any catalog, so that the base comes back as well. */
static void test_namespace_journal(void)
{
    static const DWORD journal[] = {0x3173736e, 5, 0, 0};

    start_namespaces();
    set_namespace_value( L"Pending_Catalog", REG_BINARY, "nonsense", 8 );
    check_namespace_problem( "name spaces: the value Pending_Catalog is damaged", 2 );

    start_namespaces();
    set_namespace_value( L"Pending_Catalog", REG_BINARY, journal, sizeof(journal) );
    check_namespace_problem( "name spaces: a program was stopped while it changed the catalogs", 1 );
    ok( !has_namespace_value( L"Pending_Catalog" ), "There is a journal.\n" );
}

START_TEST(catalog_tool_check)
{
    WSADATA data;

    if (!save_catalog() || !save_namespaces())
    {
        skip( "Cannot save the catalogs.\n" );
        return;
    }
    ok( !WSAStartup( MAKEWORD( 2, 2 ), &data ), "WSAStartup failed.\n" );
    scratch_path( L"winelsp-check.reg", backup );
    scratch_path( L"winelsp-check2.reg", backup2 );
    test_no_problem();
    test_restore();
    test_malformed();
    test_numbers();
    test_chains();
    test_guids();
    test_dlls();
    test_journal();
    test_namespace_entries();
    test_namespace_journal();
    DeleteFileW( backup );
    DeleteFileW( backup2 );
    WSACleanup();
    restore_namespaces();
    restore_catalog();
}
