/*
 * Helpers for tests of sockets that did not come from socket()
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

#ifndef __WINELSP_TESTS_UTIL_FOREIGN_H
#define __WINELSP_TESTS_UTIL_FOREIGN_H

#include "util.h"

/* What one process hands to another, in a file. */
struct transfer
{
    SOCKET handle;
    WSAPROTOCOL_INFOW infos[2];     /* TCP, UDP */
};

/* The file goes from one process to a child of it, or back: one at a time. The reader waits for at most 10 s. */
extern void write_transfer( const struct transfer *transfer );
extern const struct transfer *read_transfer(void);

/* The layer that the parent process has installed, which is loaded. Everything is 0 without one. */
extern void find_layer( struct test_layer *layer );

/* Uses a connected socket of IPv4 as a program would, sends "hello" and closes it. by_layer tells whether it belongs to
 * the layer, if there is one, or to the base. */
#define check_foreign_socket( layer, s, by_layer ) check_foreign_socket_( __FILE__, __LINE__, layer, s, by_layer )
extern void check_foreign_socket_( const char *file, int line, struct test_layer *layer, SOCKET s, BOOL by_layer );

/* Receives that "hello". */
#define check_hello( s ) check_hello_( __FILE__, __LINE__, s )
extern void check_hello_( const char *file, int line, SOCKET s );

#endif /* __WINELSP_TESTS_UTIL_FOREIGN_H */
