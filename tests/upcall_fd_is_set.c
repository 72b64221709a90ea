/*
 * Tests of WPUFDIsSet
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

#include "util_probe.h"

/* A pure function of the set: handles that ws2_32 has never seen are members too (§4.11). */
static void CDECL probe_set( enum testlsp_context context, const WSPUPCALLTABLE *upcalls, DWORD catalog_id )
{
    enum { MANY = 2 * FD_SETSIZE };
    fd_set set, *big = malloc( offsetof( fd_set, fd_array[MANY] ));
    unsigned int i;

    (void)context;
    (void)catalog_id;
    FD_ZERO( &set );
    SetLastError( 0xbeef );
    ok( !upcalls->lpWPUFDIsSet( 4, &set ), "Found a socket in an empty set.\n" );
    set.fd_count = 1;
    set.fd_array[0] = 4;
    set.fd_array[1] = 8;
    ok( upcalls->lpWPUFDIsSet( 4, &set ), "Did not find a socket.\n" );
    ok( !upcalls->lpWPUFDIsSet( 8, &set ), "Found a socket behind the end.\n" );
    set.fd_count = 4;
    set.fd_array[1] = 0xdeadbeef;
    set.fd_array[2] = ~(SOCKET)0;
    set.fd_array[3] = 0;
    ok( upcalls->lpWPUFDIsSet( 0xdeadbeef, &set ), "Did not find a socket that is none.\n" );
    ok( upcalls->lpWPUFDIsSet( INVALID_SOCKET, &set ), "Did not find INVALID_SOCKET.\n" );
    ok( upcalls->lpWPUFDIsSet( 0, &set ), "Did not find 0.\n" );
    ok( !upcalls->lpWPUFDIsSet( 5, &set ), "Found a socket that has a low bit.\n" );
#ifdef _WIN64
    ok( !upcalls->lpWPUFDIsSet( 0x100000004, &set ), "Found a socket by its lower half.\n" );
#endif

    big->fd_count = MANY;
    for (i = 0; i < MANY; i++) big->fd_array[i] = 4 * (i + 1);
    ok( upcalls->lpWPUFDIsSet( 4 * MANY, big ), "Did not find the last of %u sockets.\n", MANY );
    ok( !upcalls->lpWPUFDIsSet( 4 * (MANY + 1), big ), "Found another socket.\n" );
    ok( !upcalls->lpWPUFDIsSet( 4, NULL ), "Found a socket without a set.\n" );
    ok( GetLastError() == 0xbeef, "The last error became %lu.\n", GetLastError() );
    free( big );
}

static void test_set(void)
{
    run_probe( LAYER_IFS, probe_set );
}

static const struct test_case cases[] =
{
    { "set", test_set },
};

START_TEST(upcall_fd_is_set)
{
    run_cases( "upcall_fd_is_set", cases, ARRAY_SIZE(cases) );
}
