/*
 * What the test units share: cases and child processes
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

#include "util.h"

#define CASE_TIMEOUT 60000

/* --- the catalog as it was before the unit --- */

struct saved_catalog
{
    unsigned int count;
    WSAPROTOCOL_INFOW *entries;
};

static BOOL is_saved( const struct saved_catalog *saved, DWORD id )
{
    unsigned int i;

    for (i = 0; i < saved->count; i++) if (saved->entries[i].dwCatalogEntryId == id) return TRUE;
    return FALSE;
}

static BOOL same_order( const struct saved_catalog *saved, const WSAPROTOCOL_INFOW *entries, unsigned int count )
{
    unsigned int i;

    if (count != saved->count) return FALSE;
    for (i = 0; i < count; i++)
        if (entries[i].dwCatalogEntryId != saved->entries[i].dwCatalogEntryId) return FALSE;
    return TRUE;
}

void uninstall_layers(void)
{
    WSAPROTOCOL_INFOW *entries;
    unsigned int i, count;
    int error;

    entries = get_catalog( &count );
    for (i = 0; i < count; i++)
        if (!wcsncmp( entries[i].szProtocol, TEST_LAYER_NAME, wcslen( TEST_LAYER_NAME )))
            WSCDeinstallProvider( &entries[i].ProviderId, &error );
    free( entries );
}

/* Removes what was installed since, and restores the order. */
static void restore_catalog( const struct saved_catalog *saved )
{
    WSAPROTOCOL_INFOW *entries;
    unsigned int i, count;
    DWORD *ids;
    int error;

    entries = get_catalog( &count );
    for (i = 0; i < count; i++)
        if (!is_saved( saved, entries[i].dwCatalogEntryId )) WSCDeinstallProvider( &entries[i].ProviderId, &error );
    free( entries );

    entries = get_catalog( &count );
    if (!same_order( saved, entries, count ) && count == saved->count)
    {
        ids = malloc( count * sizeof(*ids) );
        for (i = 0; i < count; i++) ids[i] = saved->entries[i].dwCatalogEntryId;
        WSCWriteProviderOrder( ids, count );
        free( ids );
        free( entries );
        entries = get_catalog( &count );
    }
    ok( same_order( saved, entries, count ), "The catalog could not be restored: %u entries, it had %u.\n", count,
        saved->count );
    free( entries );
}

/* --- children --- */

HANDLE run_child( const char *unit, const char *arg, const char *arg2 )
{
    STARTUPINFOA startup = {0};
    PROCESS_INFORMATION info;
    char **argv, command[1024];
    BOOL ret;

    winetest_get_mainargs( &argv );
    startup.cb = sizeof(startup);
    snprintf( command, sizeof(command), "\"%s\" %s %s%s%s", argv[0], unit, arg, arg2 ? " " : "", arg2 ? arg2 : "" );
    ret = CreateProcessA( NULL, command, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &info );
    ok( ret, "%s: CreateProcess failed, error %lu.\n", command, GetLastError() );
    if (!ret) return NULL;
    CloseHandle( info.hThread );
    return info.hProcess;
}

void wait_child( HANDLE process, DWORD timeout )
{
    DWORD ret;

    if (!process) return;
    ret = WaitForSingleObject( process, timeout );
    ok( !ret, "The child process is not done after %lu ms; it is ended.\n", timeout );
    if (ret) TerminateProcess( process, 1 );
    winetest_wait_child_process( process );
    CloseHandle( process );
}

void run_cases( const char *unit, const struct test_case *cases, unsigned int count )
{
    struct saved_catalog saved;
    unsigned int i;
    char **argv;
    int argc;

    argc = winetest_get_mainargs( &argv );
    if (argc > 2)
    {
        for (i = 0; i < count; i++) if (!strcmp( cases[i].name, argv[2] )) break;
        ok( i < count, "%s has no case %s.\n", unit, argv[2] );
        uninstall_layers();
        if (i < count) cases[i].func();
        uninstall_layers();
        return;
    }

    uninstall_layers();    /* a unit that was killed leaves its layers, which would be below ours */
    saved.entries = get_catalog( &saved.count );
    for (i = 0; i < count; i++)
    {
        winetest_push_context( "%s", cases[i].name );
        wait_child( run_child( unit, cases[i].name, NULL ), CASE_TIMEOUT );
        restore_catalog( &saved );
        winetest_pop_context();
    }
    free( saved.entries );
}

void mark( const char *name )
{
    char event_name[64];

    snprintf( event_name, sizeof(event_name), "winelsp calls %s", name );
    ok( !OpenEventA( SYNCHRONIZE, FALSE, event_name ), "There is an event %s.\n", event_name );
}

/* --- handles --- */

unsigned int count_handles( unsigned int values )
{
    unsigned int i, count = 0;
    DWORD flags;

    for (i = 1; i <= values; ++i)
        if (GetHandleInformation( ULongToHandle( i * 4 ), &flags )) ++count;
    return count;
}
