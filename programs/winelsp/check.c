/*
 * Administration of layered providers: checking and repairing the catalogs
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
#include "examine.h"

#define INDENT 4

static int run_check( int argc, WCHAR **argv )
{
    struct report report;
    struct state state;
    unsigned int i;

    if (argc && argv[0][0] == '-') return unknown_option( &check_command, argv[0] );
    if (argc) return usage_error( &check_command, L"'%ls' is too much", argv[0] );

    if (!find_catalogs() || !state_open( &state )) return STATUS_USAGE;
    examine( &state, &report );
    state_close( &state );

    for (i = 0; i < report.count; ++i)
    {
        print_wrapped( L"", 0, report.problems[i].what );
        print_wrapped( L"", INDENT, report.problems[i].to_do );
    }
    if (report.count) print( L"%u problem%ls found.\n", report.count, report.count > 1 ? L"s" : L"" );
    else print( L"No problems found.\n" );
    free_report( &report );
    return report.count ? STATUS_FAILED : STATUS_OK;
}

static void print_repairs( const struct report *report )
{
    unsigned int i;

    for (i = 0; i < report->count; ++i)
    {
        const struct problem *problem = &report->problems[i];

        print_wrapped( L"", 0, problem->what );
        print_wrapped( L"", INDENT, problem->done ? problem->done : problem->to_do );
    }
    if (!report->count) print( L"No problems found; nothing was changed.\n" );
}

/* FALSE after an error message. */
static BOOL repair( struct state *state, const struct report *report, const WCHAR *backup )
{
    struct reg_key before = {0};
    LSTATUS status;
    BOOL ret;

    if (!report->mended) return TRUE;
    if ((status = reg_tree_read( state->key, &before )))
    {
        error( L"cannot read the registry: %ls", describe_system_error( status ) );
        ret = FALSE;
    }
    else ret = write_backup( &before, backup ) && state_write( state );
    reg_tree_clear( &before );
    return ret;
}

static int run_repair( int argc, WCHAR **argv )
{
    const WCHAR *backup;
    struct report report;
    struct state state;
    BOOL ret;

    if (parse_backup_args( &repair_command, argc, argv, NULL, &backup )) return STATUS_USAGE;
    if (!find_catalogs() || !state_open( &state )) return STATUS_FAILED;
    examine( &state, &report );
    if ((ret = repair( &state, &report, backup )))
    {
        print_repairs( &report );
        ret = report.mended == report.count;
    }
    state_close( &state );
    free_report( &report );
    return ret ? STATUS_OK : STATUS_FAILED;
}

const struct command check_command =
{
    L"check", L"look for what is wrong with the catalogs",
    L"Usage: winelsp check\n"
    L"\n"
    L"Lists what is wrong with the catalogs, and what to do about it: keys that are no\n"
    L"entries, which the other commands do not show; chains that have lost an element;\n"
    L"IFS layers over non-IFS ones; DLLs that are missing, or cannot be the provider\n"
    L"(they are read, and nothing of them runs); ids and GUIDs that two entries have;\n"
    L"base entries that are missing; counts that are wrong. The catalogs of name space\n"
    L"providers are looked at in the same way. It changes nothing.\n"
    L"\n"
    L"The exit status is 0 if nothing was found, 1 if something was, and 2 if the\n"
    L"catalogs could not be read.\n",
    run_check
};

const struct command repair_command =
{
    L"repair", L"mend what 'check' finds",
    L"Usage: winelsp repair [--backup FILE]\n"
    L"\n"
    L"Removes or corrects what 'winelsp check' lists, and says what it did. Before\n"
    L"that, all is written to a backup file: to FILE, or to a new file winelsp-DATE-\n"
    L"TIME.reg in the current folder. 'winelsp restore' takes the repair back with\n"
    L"it.\n"
    L"\n"
    L"The exit status is 0 if nothing is left to do, or 1.\n",
    run_repair
};
