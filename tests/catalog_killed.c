/*
 * The catalog and writers that are killed
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

#define KILLS     200
#define SECONDS   100   /* after which a busy machine has done enough: run-tests ends a unit after 120 */
#define PROVIDERS 3
#define ENTRIES   2     /* of each */

/* What a writer has reported: an operation that may be in progress, and the two states that are right then. Two
 * of them, so that it is killed while it fills in the next without harm. */
struct operation
{
    struct list before, after;  /* id 0: any */
};

struct report
{
    LONG seed;
    LONG current;               /* the operation, counted from 1; its place is its parity */
    LONG failed;                /* the line of a check */
    struct operation operations[2];
};

struct child
{
    HANDLE process, go, mapping;
    struct report *report;
};

static BOOL same_entry( const WSAPROTOCOL_INFOW *expected, const WSAPROTOCOL_INFOW *info )
{
    WSAPROTOCOL_INFOW copy = *info;

    if (!expected->dwCatalogEntryId) copy.dwCatalogEntryId = 0;
    return !memcmp( expected, &copy, sizeof(copy) );
}

static BOOL same_list( const struct list *expected, const struct list *list )
{
    int i;

    for (i = 0; i < list->count && i < expected->count; ++i)
        if (!same_entry( &expected->infos[i], &list->infos[i] )) return FALSE;
    return list->count == expected->count;
}

static HANDLE start_child( const char *what, const char *arg )
{
    STARTUPINFOA startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION process;
    char cmd[MAX_PATH + 64];
    char **argv;
    BOOL ret;

    winetest_get_mainargs( &argv );
    sprintf( cmd, "\"%s\" %s %s %s", argv[0], argv[1], what, arg );
    ret = CreateProcessA( NULL, cmd, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process );
    ok( ret, "Cannot start %s, error %lu.\n", cmd, GetLastError() );
    if (!ret) return NULL;
    CloseHandle( process.hThread );
    return process.hProcess;
}

static void set_name( WCHAR *name, const WCHAR *what, int slot )
{
    swprintf( name, 64, L"winetest_catalog_killed_%ls%d", what, slot );
}

/* --- the writer --- */

static GUID provider_guid( unsigned int i )
{
    GUID guid = lsp_guid;

    guid.Data1 += i;
    return guid;
}

/* The catalog after an installation, a removal and a new order. */

static void append_provider( const GUID *guid, const struct list *before, struct list *after )
{
    WSAPROTOCOL_INFOW *info;
    int i;

    *after = *before;
    for (i = 0; i < ENTRIES; ++i)
    {
        info = &after->infos[after->count++];
        *info = make_layer( before, L"Winetest layer" );
        info->ProviderId = *guid;
        info->dwCatalogEntryId = 0;
        info->iProtocol = i;
    }
}

static void leave_provider_out( const GUID *guid, const struct list *before, struct list *after )
{
    int i;

    after->count = 0;
    for (i = 0; i < before->count; ++i)
        if (!IsEqualGUID( &before->infos[i].ProviderId, guid )) after->infos[after->count++] = before->infos[i];
}

static void shuffle( const struct list *before, struct list *after, DWORD *ids )
{
    WSAPROTOCOL_INFOW info;
    int i, j;

    *after = *before;
    for (i = 0; i < after->count; ++i)
    {
        j = i + rand() % (after->count - i);
        info = after->infos[i];
        after->infos[i] = after->infos[j];
        after->infos[j] = info;
        ids[i] = after->infos[i].dwCatalogEntryId;
    }
}

/* Says which two states are right from now on, and changes the catalog. Returns what the function returned. */
static int change_catalog( struct report *report, LONG number )
{
    struct operation *operation = &report->operations[number & 1];
    WSAPROTOCOL_INFOW infos[ENTRIES];
    GUID guid = provider_guid( rand() % PROVIDERS );
    DWORD ids[ARRAY_SIZE(operation->before.infos)];
    int error, i;

    get_list( &operation->before );
    if (rand() % 3 == 0)
    {
        shuffle( &operation->before, &operation->after, ids );
        InterlockedExchange( &report->current, number );
        return WSCWriteProviderOrder( ids, operation->before.count );
    }
    if (count_provider( &operation->before, &guid ))
    {
        leave_provider_out( &guid, &operation->before, &operation->after );
        InterlockedExchange( &report->current, number );
        return WSCDeinstallProvider( &guid, &error );
    }
    append_provider( &guid, &operation->before, &operation->after );
    for (i = 0; i < ENTRIES; ++i) infos[i] = operation->after.infos[operation->before.count + i];
    InterlockedExchange( &report->current, number );
    return WSCInstallProvider( &guid, LSP_PATH, infos, ENTRIES, &error );
}

/* Changes the catalog until it is killed. */
static void writer( int slot )
{
    struct report *report;
    WCHAR name[64];
    struct list list;
    HANDLE mapping, go;
    LONG number;

    set_name( name, L"report", slot );
    mapping = OpenFileMappingW( FILE_MAP_ALL_ACCESS, FALSE, name );
    report = MapViewOfFile( mapping, FILE_MAP_ALL_ACCESS, 0, 0, 0 );
    set_name( name, L"go", slot );
    go = OpenEventW( SYNCHRONIZE, FALSE, name );
    WaitForSingleObject( go, INFINITE );

    srand( report->seed );
    for (number = 1;; ++number)
    {
        if (change_catalog( report, number )) report->failed = __LINE__;
        get_list( &list );
        if (!same_list( &report->operations[number & 1].after, &list )) report->failed = __LINE__;
    }
}

/* --- the parent --- */

static BOOL start_writer( struct child *child, int slot )
{
    WCHAR name[64];
    char arg[12];

    set_name( name, L"report", slot );
    child->mapping = CreateFileMappingW( INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, sizeof(*child->report), name );
    child->report = MapViewOfFile( child->mapping, FILE_MAP_ALL_ACCESS, 0, 0, 0 );
    memset( child->report, 0, sizeof(*child->report) );
    child->report->seed = rand();
    set_name( name, L"go", slot );
    child->go = CreateEventW( NULL, TRUE, FALSE, name );
    sprintf( arg, "%d", slot );
    return !!(child->process = start_child( "writer", arg ));
}

static void kill_writer( struct child *child )
{
    TerminateProcess( child->process, 0 );
    WaitForSingleObject( child->process, INFINITE );
    CloseHandle( child->process );
    UnmapViewOfFile( child->report );
    CloseHandle( child->mapping );
    CloseHandle( child->go );
}

/* Lets a writer go, and kills it somewhere in its first operations: they take some ten times as long as it takes
 * to read the catalog, which it does first. */
static void let_write( struct child *child )
{
    LARGE_INTEGER start, now, end;

    SetEvent( child->go );
    QueryPerformanceCounter( &start );
    while (!ReadAcquire( &child->report->current ) && WaitForSingleObject( child->process, 0 )) SwitchToThread();
    ok( child->report->current, "The writer does not write.\n" );
    QueryPerformanceCounter( &now );
    end.QuadPart = now.QuadPart + (now.QuadPart - start.QuadPart) * (rand() % 1000) / 100;
    while (now.QuadPart < end.QuadPart)
    {
        SwitchToThread();
        QueryPerformanceCounter( &now );
    }
    TerminateProcess( child->process, 0 );
    WaitForSingleObject( child->process, INFINITE );
}

static void check_ids( const struct list *list )
{
    int i, j;

    for (i = 0; i < list->count; ++i)
        for (j = 0; j < i; ++j)
            ok( list->infos[i].dwCatalogEntryId != list->infos[j].dwCatalogEntryId, "Entries %d and %d have id %lu.\n",
                j, i, list->infos[i].dwCatalogEntryId );
}

struct reader
{
    struct list base;
    LONG stop, reads;
};

/* Whatever a reader meets is one of the catalogs that the writers made: all base entries, and whole providers. */
static DWORD WINAPI read_thread( void *arg )
{
    struct reader *reader = arg;
    struct list list;
    unsigned int i;
    GUID guid;
    int count, id;

    while (!ReadAcquire( &reader->stop ))
    {
        get_list( &list );
        check_ids( &list );
        for (i = 0; i < (unsigned int)reader->base.count; ++i)
        {
            id = find_id( &list, reader->base.infos[i].dwCatalogEntryId );
            ok( id >= 0 && same_entry( &reader->base.infos[i], &list.infos[id] ), "Base entry %u is missing.\n", i );
        }
        for (i = 0, count = reader->base.count; i < PROVIDERS; ++i)
        {
            guid = provider_guid( i );
            id = count_provider( &list, &guid );
            ok( !id || id == ENTRIES, "There are %d entries of provider %u.\n", id, i );
            count += id;
        }
        ok( list.count == count, "Got %d entries instead of %d.\n", list.count, count );
        InterlockedIncrement( &reader->reads );
        Sleep( 5 );
    }
    return 0;
}

/* After a writer was killed: the catalog is the one before or the one after its operation, and the next writer goes
 * on. Returns whether the change is made. */
static BOOL check_killed( const struct report *report )
{
    const struct operation *operation = &report->operations[report->current & 1];
    struct list list, next;
    int ret, error = 0xdead;
    BOOL after;

    ok( !report->failed, "A check in line %ld failed.\n", report->failed );
    get_list( &list );
    after = same_list( &operation->after, &list );
    ok( after || same_list( &operation->before, &list ), "Got a catalog of %d entries, neither of %d nor of %d.\n",
        list.count, operation->before.count, operation->after.count );
    check_ids( &list );

    /* A writer that has nothing to do finishes what the other began, too. */
    ret = WSCDeinstallProvider( &unknown_guid, &error );
    check_error( ret, error, WSAEINVAL );
    ok( !has_value( L"Pending_Catalog" ), "The next writer has left a change.\n" );
    ok( get_count( NATIVE_COUNT ) == list.count, "Got count %d.\n", get_count( NATIVE_COUNT ) );
    get_list( &next );
    ok( !memcmp( &next, &list, sizeof(list) ), "The next writer has changed the catalog.\n" );
    return after;
}

static void test_killed_writers(void)
{
    int i, operations = 0, pending = 0, made = 0;
    DWORD start = GetTickCount();
    struct child children[2];
    struct reader reader = {.stop = 0};
    HANDLE thread;

    reset_catalog();
    get_list( &reader.base );
    thread = CreateThread( NULL, 0, read_thread, &reader, 0, NULL );

    /* The next process starts while the one before it writes. */
    if (!start_writer( &children[0], 0 )) return;
    for (i = 0; i < KILLS && GetTickCount() - start < SECONDS * 1000; ++i)
    {
        struct child *child = &children[i & 1];

        winetest_push_context( "Kill %d", i );
        if (!start_writer( &children[~i & 1], ~i & 1 )) return;
        let_write( child );
        if (has_value( L"Pending_Catalog" )) ++pending;
        if (check_killed( child->report )) ++made;
        operations += child->report->current;
        kill_writer( child );
        winetest_pop_context();
    }
    kill_writer( &children[i & 1] );

    InterlockedExchange( &reader.stop, 1 );
    WaitForSingleObject( thread, INFINITE );
    CloseHandle( thread );
    ok( operations >= i, "Got %d operations.\n", operations );
    ok( pending && pending < i, "%d of %d writers were killed inside a change.\n", pending, i );
    ok( made && made < i, "%d of %d last changes were made.\n", made, i );
    trace( "%d operations; %d of %d writers were killed inside a change; %d last changes were made; %ld reads.\n",
           operations, pending, i, made, reader.reads );
}

/* --- the mutex --- */

#define MUTEX_NAME L"Global\\WinSock2_Protocol_Catalog9"

/* Holds the writers' mutex until it is killed. */
static void holder(void)
{
    HANDLE event = OpenEventW( EVENT_MODIFY_STATE, FALSE, L"winetest_catalog_holder" );

    WaitForSingleObject( CreateMutexW( NULL, FALSE, MUTEX_NAME ), INFINITE );
    SetEvent( event );
    Sleep( INFINITE );
}

/* A mutex that a dead process left is taken over. */
static void test_abandoned_mutex(void)
{
    HANDLE event, child, mutex;
    WSAPROTOCOL_INFOW layer;
    struct list list;

    reset_catalog();
    get_list( &list );
    event = CreateEventW( NULL, FALSE, FALSE, L"winetest_catalog_holder" );
    if (!(child = start_child( "holder", "0" ))) return;
    ok( !WaitForSingleObject( event, 10000 ), "The child does not run.\n" );
    /* It would be a new one if nobody had it open. */
    mutex = CreateMutexW( NULL, FALSE, MUTEX_NAME );
    ok( WaitForSingleObject( mutex, 0 ) == WAIT_TIMEOUT, "The child does not hold the mutex.\n" );
    TerminateProcess( child, 0 );
    WaitForSingleObject( child, INFINITE );

    layer = make_layer( &list, L"Winetest layer" );
    install( &lsp_guid, &layer, 1 );
    get_list( &list );
    ok( count_provider( &list, &lsp_guid ) == 1, "Got %d entries.\n", count_provider( &list, &lsp_guid ) );
    ok( !WaitForSingleObject( mutex, 0 ), "The mutex is not free.\n" );
    ReleaseMutex( mutex );
    CloseHandle( mutex );
    CloseHandle( child );
    CloseHandle( event );
}

START_TEST(catalog_killed)
{
    char **argv;
    int argc = winetest_get_mainargs( &argv );

    if (argc >= 4)
    {
        if (!strcmp( argv[2], "writer" )) writer( atoi( argv[3] ) );
        else holder();
        return;
    }
    if (!save_catalog())
    {
        skip( "Cannot save the catalog.\n" );
        return;
    }
    test_abandoned_mutex();
    test_killed_writers();
    restore_catalog();
}
