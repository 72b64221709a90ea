/*
 * Administration of layered providers: what is wrong with the catalogs
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

#include "winelsp.h"
#include "examine.h"

static const struct
{
    const WCHAR *to_do;
    const WCHAR *done;
}
remedies[] =
{
    [REMEDY_REMOVE]     = {L"'winelsp repair' removes it.", L"Removed."},
    [REMEDY_REMOVE_ALL] = {L"Put the DLL there, or 'winelsp repair' removes all entries with it.",
                           L"Removed all entries with this DLL."},
    [REMEDY_SET]        = {L"'winelsp repair' corrects it.", L"Corrected."},
    [REMEDY_RENUMBER]   = {L"'winelsp repair' gives the keys their names.", L"Gave the keys their names."},
    [REMEDY_ADD]        = {L"'winelsp repair' adds it at the end.", L"Added at the end."},
    [REMEDY_DROP]       = {L"'winelsp repair' removes it; it is not used.", L"Removed."},
    [REMEDY_FINISH]     = {L"'winelsp repair' finishes it, and so does any other change.", L"Finished."},
    [REMEDY_ENABLE]     = {L"Run the script 'winelsp enable' for this prefix once more.", NULL},
};

void add_problem( struct report *report, enum remedy remedy, const WCHAR *format, ... )
{
    WCHAR buffer[1000];
    struct problem *problem;
    va_list args;

    va_start( args, format );
    _vsnwprintf( buffer, ARRAYSIZE(buffer) - 1, format, args );
    va_end( args );
    buffer[ARRAYSIZE(buffer) - 1] = 0;

    report->problems = allocate( report->problems, (report->count + 1) * sizeof(*report->problems) );
    problem = &report->problems[report->count++];
    problem->what = duplicate( buffer );
    problem->to_do = remedies[remedy].to_do;
    problem->done = remedies[remedy].done;
    if (problem->done) ++report->mended;
}

void free_report( struct report *report )
{
    unsigned int i;

    for (i = 0; i < report->count; ++i) free( report->problems[i].what );
    free( report->problems );
}

/* What a journal has is the catalog, whatever the keys say. */
static void apply_journal( struct reg_key *catalog, const struct journal *journal )
{
    const struct packed_entry *entry;
    enum catalog_store store;
    struct reg_key *entries;
    DWORD i;

    for (store = 0; store < STORE_COUNT; ++store)
    {
        if (!prefix_has_store( store )) continue;
        reg_tree_remove_key( catalog, stores[store].entries );
        entries = reg_tree_add_key( catalog, stores[store].entries );
        entry = journal_entries( journal, store );
        for (i = 0; i < journal->counts[store]; ++i) add_entry( entries, &entry[i] );
        reg_tree_set_dword( catalog, stores[store].count, entries->key_count );
    }
    reg_tree_set_dword( catalog, VALUE_NEXT_ID, journal->next_id );
}

static void examine_journal( struct reg_key *catalog, struct report *report )
{
    const struct reg_value *value = reg_tree_get_value( catalog, VALUE_JOURNAL );
    const char *reason;

    if (!value) return;
    if (value->type != REG_BINARY) reason = "it is not binary";
    else reason = journal_check( value->data, value->size );

    if (reason) add_problem( report, REMEDY_DROP, L"the value " VALUE_JOURNAL L" is damaged: %hs", reason );
    else
    {
        add_problem( report, REMEDY_FINISH, L"a program was stopped while it changed the catalogs" );
        apply_journal( catalog, (const struct journal *)value->data );
    }
    reg_tree_remove_value( catalog, VALUE_JOURNAL );
}

/* ws2_32 itself takes no id twice, but installers that write to the registry rely on the value. */
static void examine_next_id( struct reg_key *catalog, struct report *report )
{
    const struct reg_key *entries;
    struct packed_entry entry;
    enum catalog_store store;
    DWORD next = reg_tree_get_dword( catalog, VALUE_NEXT_ID ), wanted = 1;
    unsigned int i;

    for (store = 0; store < STORE_COUNT; ++store)
    {
        entries = reg_tree_get_key( catalog, stores[store].entries );
        for (i = 0; entries && i < entries->key_count; ++i)
            if (!parse_entry_key( &entries->keys[i], &entry ))
                wanted = max( wanted, entry.info.dwCatalogEntryId + 1 );
    }
    if (next >= wanted) return;
    add_problem( report, REMEDY_SET, VALUE_NEXT_ID L" is %lu, but the id %lu is in use", next, wanted - 1 );
    reg_tree_set_dword( catalog, VALUE_NEXT_ID, wanted );
}

static void examine_transport( struct reg_key *catalog, struct report *report )
{
    int store;

    examine_journal( catalog, report );
    for (store = STORE_COUNT - 1; store >= 0; --store) examine_store( catalog, store, report );
    examine_next_id( catalog, report );
}

void examine( struct state *state, struct report *report )
{
    struct reg_key *transport = reg_tree_get_key( &state->tree, CATALOG_NAME );
    struct reg_key *namespaces = reg_tree_get_key( &state->tree, NAMESPACE_CATALOG_NAME );

    memset( report, 0, sizeof(*report) );
    if (transport) examine_transport( transport, report );
    if (namespaces) examine_namespaces( namespaces, report );
}
