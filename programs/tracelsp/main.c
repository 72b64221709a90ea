/*
 * Installer of tracelsp
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


#include "installer.h"

#include <stdarg.h>

static const WCHAR help[] =
    L"Usage: tracelsp install [--ifs | --non-ifs] [--trace FILE] [--over PROTOCOL]...\n"
    L"       tracelsp remove\n"
    L"\n"
    L"Installs or removes a Winsock layer that writes a line for each call of each program.\n"
    L"\n"
    L"  --ifs            as a layer with the handles of the layer below (default)\n"
    L"  --non-ifs        as a layer with handles of its own, which sees overlapped\n"
    L"                   requests complete\n"
    L"  --trace FILE     what to write to; without it there is no trace, but for programs\n"
    L"                   that have the environment variable TRACELSP_FILE\n"
    L"  --over PROTOCOL  the catalog entry to be layered over, by its name; may be given\n"
    L"                   several times. Without it, TCP, UDP and RAW of IPv4 and IPv6, each\n"
    L"                   over what programs use for it now\n"
    L"\n"
    L"The DLL is that of the system folder, or else the one beside this program. When the\n"
    L"system folders have it for 64-bit and for 32-bit programs, a 64-bit tracelsp installs\n"
    L"it for both; otherwise it is for programs of the same kind as this one.\n"
    L"\n"
    L"Exit code: 0 done, 1 failed, 2 wrong arguments.\n";

int fail( const WCHAR *format, ... )
{
    va_list args;

    fwprintf( stderr, L"tracelsp: " );
    va_start( args, format );
    vfwprintf( stderr, format, args );
    va_end( args );
    fwprintf( stderr, L"\n" );
    return 1;
}

int fail_call( const WCHAR *function, int error )
{
    static const struct
    {
        int error;
        const WCHAR *name;
        const WCHAR *advice;
    }
    errors[] =
    {
        {WSA_NOT_ENOUGH_MEMORY, L"WSA_NOT_ENOUGH_MEMORY", L"close some programs and try again"},
        {WSAENOBUFS, L"WSAENOBUFS", L"close some programs and try again"},
        {WSAEFAULT, L"WSAEFAULT", L"this is a bug in tracelsp or in Winsock"},
        {WSAEINVAL, L"WSAEINVAL", L"the catalog may have changed meanwhile; try again"},
        {WSAEINPROGRESS, L"WSAEINPROGRESS", L"another installation is running; wait for its end"},
        {WSASYSNOTREADY, L"WSASYSNOTREADY", L"Winsock cannot start; see whether other programs have a network"},
        {WSANO_RECOVERY, L"WSANO_RECOVERY", L"the catalog cannot be changed; run this as administrator"},
        {WSASYSCALLFAILURE, L"WSASYSCALLFAILURE", L"the catalog cannot be changed; run this as administrator"},
    };
    unsigned int i;

    for (i = 0; i < sizeof(errors) / sizeof(errors[0]); ++i)
        if (errors[i].error == error)
            return fail( L"%ls failed with %ls: %ls.", function, errors[i].name, errors[i].advice );
    return fail( L"%ls failed with error %d.", function, error );
}

static int usage( const WCHAR *what, const WCHAR *arg )
{
    fail( L"%ls '%ls'; 'tracelsp --help' explains.", what, arg );
    return 2;
}

/* over has room for all arguments. */
static int parse_install( int argc, WCHAR **argv, struct options *options )
{
    int i;

    for (i = 0; i < argc; ++i)
    {
        if (!wcscmp( argv[i], L"--ifs" )) options->ifs = TRUE;
        else if (!wcscmp( argv[i], L"--non-ifs" )) options->ifs = FALSE;
        else if (wcscmp( argv[i], L"--trace" ) && wcscmp( argv[i], L"--over" ))
            return usage( L"unknown argument", argv[i] );
        else if (i + 1 == argc)
            return usage( L"no value for", argv[i] );
        else if (!wcscmp( argv[i], L"--trace" ))
            options->trace_file = argv[++i];
        else
            options->over[options->over_count++] = argv[++i];
    }
    return 0;
}

static int run_install( int argc, WCHAR **argv )
{
    struct options options = {.ifs = TRUE};
    int ret;

    if (!(options.over = calloc( argc + 1, sizeof(*options.over) ))) return fail( L"not enough memory." );
    if (!(ret = parse_install( argc, argv, &options ))) ret = install( &options );
    free( options.over );
    return ret;
}

static int run( int argc, WCHAR **argv )
{
    if (argc < 2)
    {
        fail( L"install or remove? 'tracelsp --help' explains." );
        return 2;
    }
    if (!wcscmp( argv[1], L"install" )) return run_install( argc - 2, argv + 2 );
    if (wcscmp( argv[1], L"remove" )) return usage( L"unknown command", argv[1] );
    if (argc > 2) return usage( L"unknown argument", argv[2] );
    return remove_all();
}

int wmain( int argc, WCHAR **argv )
{
    WSADATA data;
    int ret;

    if (argc == 2 && !wcscmp( argv[1], L"--help" ))
    {
        fputws( help, stdout );
        return 0;
    }
    if ((ret = WSAStartup( MAKEWORD( 2, 2 ), &data ))) return fail_call( L"WSAStartup", ret );
    ret = run( argc, argv );
    WSACleanup();
    return ret;
}
