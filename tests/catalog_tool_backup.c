/*
 * Tests of the catalog tool: saving and restoring
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

static WCHAR backup[MAX_PATH], file[MAX_PATH], other[MAX_PATH];

static void run_with( const WCHAR *format, const WCHAR *path, const WCHAR *path2 )
{
    WCHAR args[1000];

    swprintf( args, ARRAY_SIZE(args), format, path, path2 );
    check_success( args );
}

static void set_below( const WCHAR *key_name, const WCHAR *value, DWORD type, const void *data, DWORD size )
{
    WCHAR path[256];
    LSTATUS ret;
    HKEY key;

    swprintf( path, ARRAY_SIZE(path), PARAMETERS_KEY L"\\%ls", key_name );
    ret = RegCreateKeyExW( HKEY_LOCAL_MACHINE, path, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL );
    ok( !ret, "Creating %ls returned %ld.\n", path, ret );
    ret = RegSetValueExW( key, value, 0, type, data, size );
    ok( !ret, "Setting %ls returned %ld.\n", value, ret );
    RegCloseKey( key );
}

/* Layers, an order of its own, and what no function of Winsock would write. */
static void make_state(void)
{
    static const BYTE odd[] = {1, 2, 3};
    struct packed_item item;
    struct list list;
    WSAPROTOCOL_INFOW infos[2];
    DWORD ids[100];
    int i, ret;

    reset_catalog();
    get_list( &list );
    infos[0] = make_layer( &list, L"Winetest \xfc \"quoted\" \\ \x3c0" );
    install( &lsp_guid, infos, 1 );
    get_list( &list );
    infos[0] = make_chain( &list, list.infos[list.count - 1].dwCatalogEntryId, 1001, L"Winetest chain" );
    install( &chain_guid, infos, 1 );
    get_list( &list );
    for (i = 0; i < list.count; ++i) ids[i] = list.infos[list.count - 1 - i].dwCatalogEntryId;
    ret = WSCWriteProviderOrder( ids, list.count );
    ok( !ret, "Got %d.\n", ret );

    /* Bytes behind the end of the path, a name without an end, a key that is no entry. */
    ok( read_item( 1, &item ), "There is no first item.\n" );
    memset( item.path + strlen( item.path ) + 1, 0xcc, sizeof(item.path) - strlen( item.path ) - 1 );
    write_item( 1, &item, sizeof(item) );
    write_item( 77, odd, sizeof(odd) );
    set_below( L"AppId_Catalog\\0123abcd", L"AppFullPath", REG_SZ, L"C:\\\xe4.exe", sizeof(L"C:\\\xe4.exe") );
    set_below( L"AppId_Catalog\\0123abcd", L"no end", REG_SZ, L"xyzw", 3 * sizeof(WCHAR) );
    set_below( L"AppId_Catalog\\0123abcd", L"\"\\", REG_EXPAND_SZ, L"%x%", sizeof(L"%x%") );
    set_below( L"AppId_Catalog\\0123abcd", L"", REG_NONE, NULL, 0 );
    set_below( L"AppId_Catalog\\0123abcd", L"lines", REG_SZ, L"a\nb", sizeof(L"a\nb") );
    set_below( L"AppId_Catalog\\0123abcd", L"half", REG_SZ, L"\xd83d", sizeof(L"\xd83d") );
    set_below( L"AppId_Catalog\\0123abcd", L"short", REG_DWORD, odd, sizeof(odd) );
}

static void remove_state(void)
{
    RegDeleteTreeW( HKEY_LOCAL_MACHINE, PARAMETERS_KEY L"\\AppId_Catalog\\0123abcd" );
    /* The key itself goes if there is nothing else. */
    RegDeleteKeyW( HKEY_LOCAL_MACHINE, PARAMETERS_KEY L"\\AppId_Catalog" );
}

static void test_round_trip(void)
{
    struct dump full, start, base;
    DWORD serial, size, size2;
    char *text, *text2;
    struct list list;

    reset_catalog();
    get_list( &list );
    remove_state();
    dump_registry( &start );
    make_state();
    dump_registry( &full );
    serial = get_dword( L"Serial_Access_Num" );

    run_with( L"export \"%ls\"", file, NULL );
    check_registry( &full );
    ok( get_dword( L"Serial_Access_Num" ) == serial, "Exporting has changed the serial number.\n" );

    run_with( L"reset --backup \"%ls\"", backup, NULL );
    ok( get_dword( L"Serial_Access_Num" ) != serial, "The serial number has not changed.\n" );
    check_unchanged( &list );
    ok( !has_value( L"Pending_Catalog" ), "There is a journal.\n" );
    dump_registry( &base );
    ok( base.size != full.size, "Nothing was reset.\n" );

    /* The files of export and reset are the same, and both bring it all back. */
    text = read_file( file, &size );
    text2 = read_file( backup, &size2 );
    ok( size == size2 && !memcmp( text, text2, size ), "The files differ.\n" );
    free( text );
    free( text2 );

    serial = get_dword( L"Serial_Access_Num" );
    DeleteFileW( other );
    run_with( L"restore \"%ls\" --backup \"%ls\"", backup, other );
    check_registry( &full );
    ok( get_dword( L"Serial_Access_Num" ) != serial, "The serial number has not changed.\n" );
    ok( !has_value( L"Pending_Catalog" ), "There is a journal.\n" );

    /* The restore can be taken back itself. */
    DeleteFileW( backup );
    run_with( L"import --backup \"%ls\" \"%ls\"", backup, other );
    check_registry( &base );
    DeleteFileW( backup );
    run_with( L"import --backup \"%ls\" \"%ls\"", backup, file );
    check_registry( &full );

    remove_state();
    reset_catalog();
    get_list( &list );
    check_registry( &start );
    free( start.data );
    free( full.data );
    free( base.data );
}

/* A killed writer's journal is part of the state. */
static void test_journal(void)
{
    static const BYTE journal[] = "no journal";
    struct dump full;
    struct list list;

    reset_catalog();
    get_list( &list );
    set_value( L"Pending_Catalog", REG_BINARY, journal, sizeof(journal) );
    dump_registry( &full );
    DeleteFileW( file );
    run_with( L"export \"%ls\"", file, NULL );
    DeleteFileW( backup );
    run_with( L"reset --backup \"%ls\"", backup, NULL );
    ok( !has_value( L"Pending_Catalog" ), "There is a journal.\n" );
    DeleteFileW( backup );
    run_with( L"import --backup \"%ls\" \"%ls\"", backup, file );
    check_registry( &full );
    free( full.data );
    reset_catalog();
}

/* Starts an import, and ends it a time in ms after it has written its backup, which it does before the change. */
static void kill_import( const WCHAR *path, DWORD delay )
{
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION process;
    WCHAR cmd[1000];
    BOOL ret;

    DeleteFileW( backup );
    swprintf( cmd, ARRAY_SIZE(cmd), L"winelsp.exe import --backup \"%ls\" \"%ls\"", backup, path );
    ret = CreateProcessW( NULL, cmd, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process );
    ok( ret, "Cannot start winelsp.exe, error %lu.\n", GetLastError() );
    while (GetFileAttributesW( backup ) == INVALID_FILE_ATTRIBUTES)
        if (!WaitForSingleObject( process.hProcess, 1 )) break;
    WaitForSingleObject( process.hProcess, delay );
    TerminateProcess( process.hProcess, 1 );
    WaitForSingleObject( process.hProcess, INFINITE );
    CloseHandle( process.hProcess );
    CloseHandle( process.hThread );
}

/* Kills 20 imports, each of which is of the other one of two catalogs: "file" has the base, "other" more. An import that
 * is killed has made all of the change, which is one of every entry, or none; is_full() looks which, and fails if it is
 * a mixture. What the last one left is no obstacle to the next, which leaves the base. */
static void kill_imports( BOOL full, BOOL (*is_full)(void) )
{
    int i, changes = 0;
    BOOL now;

    for (i = 0; i < 20; ++i, full = now)
    {
        kill_import( full ? file : other, i );
        now = is_full();
        if (now != full) ++changes;
    }
    trace( "%d of 20 imports were made.\n", changes );
    DeleteFileW( backup );
    run_with( L"import --backup \"%ls\" \"%ls\"", backup, file );
}

static struct list base_list, full_list;

static BOOL is_full_list(void)
{
    struct list list;
    BOOL full;

    get_list( &list );
    full = !memcmp( &list, &full_list, sizeof(list) );
    ok( full || !memcmp( &list, &base_list, sizeof(list) ), "It is a mixture, with %d entries.\n", list.count );
    return full;
}

static void test_killed_import(void)
{
    WSAPROTOCOL_INFOW info;
    DWORD ids[100];
    int i, ret;

    reset_catalog();
    get_list( &base_list );
    DeleteFileW( file );
    run_with( L"export \"%ls\"", file, NULL );
    info = make_layer( &base_list, L"Winetest layer" );
    install( &lsp_guid, &info, 1 );
    get_list( &full_list );
    for (i = 0; i < full_list.count; ++i) ids[i] = full_list.infos[full_list.count - 1 - i].dwCatalogEntryId;
    ret = WSCWriteProviderOrder( ids, full_list.count );
    ok( !ret, "Got %d.\n", ret );
    get_list( &full_list );
    DeleteFileW( other );
    run_with( L"export \"%ls\"", other, NULL );
    DeleteFileW( backup );
    run_with( L"import --backup \"%ls\" \"%ls\"", backup, file );

    kill_imports( FALSE, is_full_list );
    check_unchanged( &base_list );
    ok( !has_value( L"Pending_Catalog" ), "There is a journal.\n" );
}

static struct namespace_list base_namespaces, full_namespaces;

static BOOL are_full_namespaces(void)
{
    static struct namespace_list list;
    BOOL full;

    get_namespaces( &list );
    full = list.count != base_namespaces.count;
    check_namespaces( full ? &full_namespaces : &base_namespaces );
    return full;
}

/* The same for the catalog of name space providers, which has a journal of its own. */
static void test_killed_namespace_import(void)
{
    int i;

    reset_catalog();
    reset_namespaces();
    get_namespaces( &base_namespaces );
    DeleteFileW( file );
    run_with( L"export \"%ls\"", file, NULL );
    for (i = 0; i < 12; ++i) install_namespace( i, L"Winetest name space" );
    get_namespaces( &full_namespaces );
    DeleteFileW( other );
    run_with( L"export \"%ls\"", other, NULL );

    kill_imports( TRUE, are_full_namespaces );
    check_namespaces( &base_namespaces );
    ok( !has_namespace_value( L"Pending_Catalog" ), "There is a journal.\n" );
}

/* A good journal in a backup is what counts, also while its keys are written, and a damaged one comes back. */
static void test_namespace_journal(void)
{
    static struct namespace_list list;
    BYTE journal[16] = "nss1";      /* of catalogs without providers */
    struct list layers;
    struct dump full;
    int i;

    reset_catalog();
    get_list( &layers );
    reset_namespaces();
    get_namespaces( &list );
    for (i = 0; i < 2; ++i)
    {
        set_namespace_value( L"Pending_Catalog", REG_BINARY, journal, sizeof(journal) );
        get_namespaces( &list );
        ok( list.count == (i ? 1 : 0), "Got %d providers.\n", list.count );
        dump_registry( &full );
        DeleteFileW( file );
        run_with( L"export \"%ls\"", file, NULL );
        DeleteFileW( backup );
        run_with( L"reset --backup \"%ls\"", backup, NULL );
        ok( !has_namespace_value( L"Pending_Catalog" ), "There is a journal.\n" );
        get_namespaces( &list );
        ok( list.count == 1, "Got %d providers.\n", list.count );
        DeleteFileW( backup );
        run_with( L"import --backup \"%ls\" \"%ls\"", backup, file );
        check_registry( &full );
        free( full.data );
        journal[0] = 'x';
    }
    reset_namespaces();
}

/* The default name, and files that are there already. */
static void test_file_names(void)
{
    WCHAR name[MAX_PATH], args[1000];
    const char *found;

    reset_catalog();
    check_success( L"reset" );
    found = strstr( run_result.out, "winelsp-2" );
    ok( found != NULL, "Got output %s\n", run_result.out );
    if (found)
    {
        MultiByteToWideChar( CP_UTF8, 0, found, strcspn( found, "\r\n" ) + 1, name, ARRAY_SIZE(name) );
        name[strcspn( found, "\r\n" )] = 0;
        ok( DeleteFileW( name ), "There is no %ls, error %lu.\n", name, GetLastError() );
    }
    write_file( file, "x", 1 );
    swprintf( args, ARRAY_SIZE(args), L"export \"%ls\"", file );
    check_failure( args, 1, "winelsp-test.reg" );
    swprintf( args, ARRAY_SIZE(args), L"reset --backup \"%ls\"", file );
    check_failure( args, 1, "nothing was changed" );
    check_failure( L"export C:\\no\\such\\folder.reg", 1, "no\\such" );
    check_failure( L"import C:\\no\\such\\folder.reg", 1, "no\\such" );
}

/* Imports a text, which has to fail with this in the message. */
static void check_import_( int line, const char *text, DWORD size, const char *message )
{
    WCHAR args[1000];

    DeleteFileW( backup );
    write_file( file, text, size );
    swprintf( args, ARRAY_SIZE(args), L"import --backup \"%ls\" \"%ls\"", backup, file );
    check_failure_( __FILE__, line, args, 1, message );
    ok_(__FILE__, line)( GetFileAttributesW( backup ) == INVALID_FILE_ATTRIBUTES, "There is a backup.\n" );
}
#define check_import( text, size, message ) check_import_( __LINE__, text, size, message )

/* The good text, with a piece of it replaced. The message has to have the number of that line, or of another. */
static void check_changed_( int line, const char *good, const char *from, const char *to, const char *message,
                            BOOL same_line )
{
    char *text = malloc( strlen( good ) + strlen( to ) + 1 ), number[32];
    const char *at = strstr( good, from ), *c;
    int count = 1;

    ok_(__FILE__, line)( at != NULL, "There is no '%s'.\n", from );
    if (at)
    {
        memcpy( text, good, at - good );
        strcpy( text + (at - good), to );
        strcat( text, at + strlen( from ) );
        check_import_( line, text, strlen( text ), message );

        for (c = good; c < at + (*from == '\n'); ++c) if (*c == '\n') ++count;
        sprintf( number, "line %d:", count );
        ok_(__FILE__, line)( !same_line == !strstr( run_result.err, number ), "It is not %s %s\n", number,
                             run_result.err );
    }
    free( text );
}
#define check_changed( from, to, message ) check_changed_( __LINE__, good, from, to, message, TRUE )
#define check_later( from, to, message )   check_changed_( __LINE__, good, from, to, message, FALSE )

static void test_bad_files(void)
{
    char *good;
    DWORD size, i;
    struct list list;
    WCHAR args[1000];

    reset_catalog();
    get_list( &list );
    DeleteFileW( file );
    run_with( L"export \"%ls\"", file, NULL );
    good = read_file( file, &size );

    check_import( "", 0, "line 1" );
    check_import( "hello\n", 6, "line 1" );
    check_import( "MZ\0\0\xff\xfe", 6, "UTF-8" );
    check_import( "a\0b", 3, "UTF-8" );
    check_import( "a\xff\xff", 3, "UTF-8" );
    for (i = 1; i <= 3; ++i) check_import( good, size * i / 4, "line " );
    check_import( good, size - sizeof("; end of the winelsp backup"), "missing" );
    check_import( good, size - 2, "line " );
    check_changed( "backup, version 1", "backup, version 2", "the version" );
    check_later( "; winelsp backup, version 1\n", "", "line " );
    check_changed( "[-HKEY", "[HKEY", "here should be" );
    check_changed( "\n\"Next_Catalog_Entry_ID\"", "\nNext", "no key, no value" );
    check_changed( "Next_Catalog_Entry_ID\"=", "Next_Catalog_Entry_ID\"", "no =" );
    check_later( "Next_Catalog_Entry_ID\"=", "num_catalog_entries\"=", "already" );
    check_changed( "dword:0000", "dword:000g", "eight" );
    check_changed( "dword:0000", "dword:0", "eight" );
    check_changed( "=dword:", "=qword:", "no string" );
    check_changed( "hex:25,53", "hex:25,5", "bytes" );
    check_changed( "hex:25,53", "hex:25 53", "bytes" );
    check_changed( "hex:25,53", "hex(:25,53", "line " );
    check_changed( "hex:25,53", "hex:\"25,53", "bytes" );
    check_changed( ",\\\n", ",\n", "bytes" );
    check_changed( "\"2.0\"", "\"2.0", "line " );
    check_changed( "\"2.0\"", "\"2.0\" ", "behind" );
    check_changed( "\"2.0\"", "\"2.\\0\"", "line " );
    check_changed( "\\Protocol_Catalog9]", "\\Protocol_Catalog9", "no ]" );
    check_changed( "\\Protocol_Catalog9]", "2\\Protocol_Catalog9]", "none of Winsock's" );
    check_changed( "\\Protocol_Catalog9]", "\\\\Protocol_Catalog9]", "not there" );
    check_later( "\\Catalog_Entries]", "\\Catalog_Entries64]", "line " );
    check_changed( "; end of the", "; End of the", "missing" );
    check_later( "; end of the winelsp backup\n", "; end of the winelsp backup\n; more\n", "behind" );

    /* Lines that Windows' editors make, and comments of a user, are right. */
    strcpy( strstr( good, "; 1001" ), "; \xc3\xbc\xc3\xa4" );
    good[strlen( good )] = ' ';
    write_file( file, good, size );
    DeleteFileW( backup );
    swprintf( args, ARRAY_SIZE(args), L"import --backup \"%ls\" \"%ls\"", backup, file );
    check_success( args );
    check_unchanged( &list );
    free( good );
}

START_TEST(catalog_tool_backup)
{
    WSADATA data;

    if (!save_catalog() || !save_namespaces())
    {
        skip( "Cannot save the catalogs.\n" );
        return;
    }
    ok( !WSAStartup( MAKEWORD( 2, 2 ), &data ), "WSAStartup failed.\n" );
    scratch_path( L"winelsp-test.reg", file );
    scratch_path( L"winelsp-backup.reg", backup );
    scratch_path( L"winelsp-other.reg", other );
    test_round_trip();
    test_journal();
    test_killed_import();
    test_namespace_journal();
    test_killed_namespace_import();
    test_file_names();
    test_bad_files();
    DeleteFileW( file );
    DeleteFileW( backup );
    DeleteFileW( other );
    WSACleanup();
    restore_namespaces();
    restore_catalog();
}
