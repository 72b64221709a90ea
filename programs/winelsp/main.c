/*
 * Administration of layered providers
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

static const WCHAR usage[] =
    L"Usage: winelsp COMMAND [ARGUMENT...]\n"
    L"       winelsp COMMAND --help\n"
    L"Shows and changes the catalog of Winsock providers.\n"
    L"\n";

static const WCHAR notes[] =
    L"\n"
    L"There is a catalog for 64-bit programs and one for 32-bit programs. The 64-bit\n"
    L"winelsp works on both, the 32-bit one on the latter; check, repair, reset,\n"
    L"restore, export and import are for all that the registry has. Programs that run\n"
    L"already keep the providers that they started with.\n"
    L"\n"
    L"Instead of                        use\n"
    L"  netsh winsock show catalog      winelsp catalog, winelsp namespaces\n"
    L"  netsh winsock reset             winelsp reset\n"
    L"  netsh winsock remove provider   winelsp remove\n"
    L"\n"
    L"The exit status is 0, or 1 after an error, or 2 for a wrong command line.\n";

static const struct command *const commands[] =
{
    &catalog_command,
    &install_command,
    &remove_command,
    &order_command,
    &check_command,
    &repair_command,
    &reset_command,
    &restore_command,
    &export_command,
    &import_command,
    &category_command,
    &namespaces_command,
};

void no_memory(void)
{
    error( L"there is not enough memory" );
    exit( STATUS_FAILED );
}

void *allocate( void *old, size_t size )
{
    void *ret = realloc( old, size );

    if (!ret) no_memory();
    return ret;
}

WCHAR *duplicate( const WCHAR *string )
{
    size_t size = (wcslen( string ) + 1) * sizeof(*string);

    return memcpy( allocate( NULL, size ), string, size );
}

int usage_error( const struct command *command, const WCHAR *format, ... )
{
    const WCHAR *end = wcsstr( command->help, L"\n\n" );
    va_list args;

    va_start( args, format );
    error_args( format, args );
    va_end( args );
    print_error( L"%.*ls\nMore: winelsp %ls --help\n", (int)(end - command->help), command->help, command->name );
    return STATUS_USAGE;
}

int unknown_option( const struct command *command, const WCHAR *option )
{
    return usage_error( command, L"'%ls' has no option '%ls'", command->name, option );
}

static void print_usage( void (*print_func)( const WCHAR *format, ... ) )
{
    unsigned int i;

    print_func( L"%ls", usage );
    for (i = 0; i < ARRAYSIZE(commands); ++i) print_func( L"  %-12ls%ls\n", commands[i]->name, commands[i]->summary );
    print_func( L"%ls", notes );
}

static BOOL is_help( const WCHAR *arg )
{
    return !wcscmp( arg, L"--help" ) || !wcscmp( arg, L"-h" );
}

static int run_command( const struct command *command, int argc, WCHAR **argv )
{
    int i;

    for (i = 0; i < argc; ++i)
    {
        if (!is_help( argv[i] )) continue;
        print_text( command->help );
        return STATUS_OK;
    }
    return command->run( argc, argv );
}

int wmain( int argc, WCHAR **argv )
{
    unsigned int i;

    if (argc < 2)
    {
        print_usage( print_error );
        return STATUS_USAGE;
    }
    if (is_help( argv[1] ))
    {
        print_usage( print );
        return STATUS_OK;
    }
    for (i = 0; i < ARRAYSIZE(commands); ++i)
        if (!wcscmp( argv[1], commands[i]->name )) return run_command( commands[i], argc - 2, argv + 2 );

    error( L"there is no command '%ls'", argv[1] );
    print_usage( print_error );
    return STATUS_USAGE;
}
