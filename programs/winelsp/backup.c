/*
 * Administration of layered providers: saving and restoring the catalogs
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
#include "backup.h"
#include "backup_file.h"

/* A name that no file of the current folder has yet. */
static void make_backup_name( WCHAR name[MAX_PATH] )
{
    unsigned int i;
    SYSTEMTIME now;

    GetLocalTime( &now );
    for (i = 1; i < 100; ++i)
    {
        swprintf( name, MAX_PATH, L"winelsp-%04u%02u%02u-%02u%02u%02u", now.wYear, now.wMonth, now.wDay, now.wHour,
                  now.wMinute, now.wSecond );
        if (i > 1) swprintf( name + wcslen( name ), 8, L"-%u", i );
        wcscat( name, L".reg" );
        if (GetFileAttributesW( name ) == INVALID_FILE_ATTRIBUTES) break;
    }
}

BOOL write_backup( const struct reg_key *tree, const WCHAR *path )
{
    WCHAR name[MAX_PATH];

    if (!path)
    {
        make_backup_name( name );
        path = name;
    }
    if (!backup_file_write( path, tree ))
    {
        error( L"nothing was changed; --backup FILE names another file for the backup" );
        return FALSE;
    }
    print( L"Backup: %ls\n", path );
    return TRUE;
}

int parse_backup_args( const struct command *command, int argc, WCHAR **argv, const WCHAR **file,
                       const WCHAR **backup )
{
    int i;

    *backup = NULL;
    if (file) *file = NULL;
    for (i = 0; i < argc; ++i)
    {
        if (!wcscmp( argv[i], L"--backup" ))
        {
            if (++i == argc) return usage_error( command, L"--backup wants the name of a file" );
            *backup = argv[i];
        }
        else if (argv[i][0] == '-') return unknown_option( command, argv[i] );
        else if (!file || *file) return usage_error( command, L"'%ls' is too much", argv[i] );
        else *file = argv[i];
    }
    if (file && !*file) return usage_error( command, L"'%ls' wants the name of a file", command->name );
    return STATUS_OK;
}

/* Removes all that is in the key of a catalog but its serial number. */
static void empty_catalog( struct reg_key *catalog )
{
    DWORD serial = reg_tree_get_dword( catalog, VALUE_SERIAL );

    while (catalog->key_count) reg_tree_remove_key( catalog, catalog->keys[0].name );
    while (catalog->value_count) reg_tree_remove_value( catalog, catalog->values[0].name );
    reg_tree_set_dword( catalog, VALUE_SERIAL, serial );
}

static void add_base_entries( struct reg_key *catalog, enum catalog_store store, DWORD *next_id )
{
    struct reg_key *entries = reg_tree_add_key( catalog, stores[store].entries );
    struct packed_entry entry;
    unsigned int i;

    for (i = 0; get_base_entry( i, &entry ); ++i)
    {
        add_entry( entries, &entry );
        *next_id = max( *next_id, entry.info.dwCatalogEntryId + 1 );
    }
    reg_tree_set_dword( catalog, stores[store].count, entries->key_count );
}

/* Without keys, ws2_32 writes the base providers of name spaces itself. The ids go on, so that no process takes a new
 * entry for an old one. */
static BOOL reset( struct state *state )
{
    struct reg_key *catalog = reg_tree_get_key( &state->tree, CATALOG_NAME ), *namespaces;
    enum catalog_store store;
    DWORD next_id;

    if (!catalog) catalog = reg_tree_add_key( &state->tree, CATALOG_NAME );
    next_id = reg_tree_get_dword( catalog, VALUE_NEXT_ID );
    empty_catalog( catalog );
    for (store = 0; store < STORE_COUNT; ++store)
        if (prefix_has_store( store )) add_base_entries( catalog, store, &next_id );
    reg_tree_set_dword( catalog, VALUE_NEXT_ID, next_id );

    if ((namespaces = reg_tree_get_key( &state->tree, NAMESPACE_CATALOG_NAME ))) empty_catalog( namespaces );
    return state_write( state );
}

static int run_reset( int argc, WCHAR **argv )
{
    const WCHAR *backup;
    struct state state;
    BOOL ret;

    if (parse_backup_args( &reset_command, argc, argv, NULL, &backup )) return STATUS_USAGE;
    if (!find_catalogs() || !state_open( &state )) return STATUS_FAILED;
    if ((ret = write_backup( &state.tree, backup ) && reset( &state )))
        print( L"The catalogs have the base entries only. 'winelsp restore' with the backup\n"
               L"takes this back.\n" );
    state_close( &state );
    return ret ? STATUS_OK : STATUS_FAILED;
}

static int run_export( int argc, WCHAR **argv )
{
    struct state state;
    BOOL ret;

    if (argc && argv[0][0] == '-') return unknown_option( &export_command, argv[0] );
    if (argc != 1) return usage_error( &export_command, L"'export' wants the name of one file" );

    if (!find_catalogs() || !state_open( &state )) return STATUS_FAILED;
    ret = backup_file_write( argv[0], &state.tree );
    state_close( &state );
    return ret ? STATUS_OK : STATUS_FAILED;
}

/* The file is read before other writers are kept away. */
static BOOL replace( const WCHAR *path, const WCHAR *backup )
{
    struct reg_key tree = {0};
    struct state state;
    BOOL ret;

    if (!backup_file_read( path, &tree )) ret = FALSE;
    else if ((ret = state_open( &state )))
    {
        if ((ret = write_backup( &state.tree, backup )))
        {
            reg_tree_clear( &state.tree );
            state.tree = tree;
            memset( &tree, 0, sizeof(tree) );
            ret = state_write( &state );
        }
        state_close( &state );
    }
    reg_tree_clear( &tree );
    return ret;
}

static int run_replace( const struct command *command, int argc, WCHAR **argv )
{
    const WCHAR *file, *backup;

    if (parse_backup_args( command, argc, argv, &file, &backup )) return STATUS_USAGE;
    if (!find_catalogs() || !replace( file, backup )) return STATUS_FAILED;
    print( L"The catalogs are what the file has.\n" );
    return STATUS_OK;
}

static int run_restore( int argc, WCHAR **argv )
{
    return run_replace( &restore_command, argc, argv );
}

static int run_import( int argc, WCHAR **argv )
{
    return run_replace( &import_command, argc, argv );
}

#define BACKUP_HELP \
    L"\n" \
    L"Before the change, all is written to a backup file: to FILE, or to a new file\n" \
    L"winelsp-DATE-TIME.reg in the current folder. 'winelsp restore' takes the change\n" \
    L"back with it.\n"

#define REPLACE_HELP \
    L"\n" \
    L"Makes the catalogs exactly what a file has that reset, repair or export wrote:\n" \
    L"all entries with their order and ids, the name space providers, the categories.\n" \
    L"What is not in the file goes. A file that is not complete and right in every\n" \
    L"line changes nothing.\n"

const struct command reset_command =
{
    L"reset", L"remove all but the base entries",
    L"Usage: winelsp reset [--backup FILE]\n"
    L"\n"
    L"Removes all layered providers, and what else was added, and gives the catalogs\n"
    L"the base entries of a new prefix: 'netsh winsock reset'. No restart is needed.\n" BACKUP_HELP,
    run_reset
};

const struct command restore_command =
{
    L"restore", L"take back a reset or repair, with its backup file",
    L"Usage: winelsp restore [--backup FILE] BACKUP\n" REPLACE_HELP BACKUP_HELP,
    run_restore
};

const struct command export_command =
{
    L"export", L"write the catalogs to a file",
    L"Usage: winelsp export FILE\n"
    L"\n"
    L"Writes all that the registry has of the catalogs to a new file, which import\n"
    L"takes. It is text, in the form of regedit's .reg files: to read, to compare,\n"
    L"and for regedit to import if winelsp cannot run.\n",
    run_export
};

const struct command import_command =
{
    L"import", L"replace the catalogs by those of a file",
    L"Usage: winelsp import [--backup FILE] SOURCE\n" REPLACE_HELP BACKUP_HELP,
    run_import
};
