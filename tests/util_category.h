/*
 * What the tests of the load rule share
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

#ifndef __WINELSP_TESTS_UTIL_CATEGORY_H
#define __WINELSP_TESTS_UTIL_CATEGORY_H

#include "util.h"
#include "winreg.h"

#define PARAMETERS_KEY L"System\\CurrentControlSet\\Services\\WinSock2\\Parameters"

/* Gives a layer a category, in place of the one that it has. */
extern void set_layer_category( struct test_layer *layer, DWORD category );

/* Adds to what a program permits; NULL is this program. args are those on its command line, NULL for none. */
extern void permit( const WCHAR *path, const WCHAR *args, DWORD permitted );

/* Takes all programs' categories away. */
extern void reset_app_categories(void);

/* Keeps everybody from reading them, or lets everybody. */
extern void deny_app_categories( BOOL deny );

/* Whether this process has loaded the DLL of a layer. */
extern BOOL is_loaded( const struct test_layer *layer );

/* Checks that a socket was made and can be bound, and closes it. */
extern void check_socket( SOCKET s );

/* Which of its arguments, of at most six, a probe has loaded. */
#define PROBE_FIRST  1
#define PROBE_SECOND 2
#define PROBE_THIRD  4

/* Runs a program, this one or a copy of it under another path, as a probe: it opens a socket, sees that it works, and
 * says which of the DLLs that are named in args, before the first argument with a -, it has then loaded. */
#define check_probe( path, args, expected ) check_probe_( __FILE__, __LINE__, path, args, expected )
extern void check_probe_( const char *file, int line, const WCHAR *path, const char *args, int expected );

/* run_cases() for a unit that has probes. Each case starts and ends without categories of programs. */
extern void run_category_cases( const char *unit, const struct test_case *cases, unsigned int count );

#endif /* __WINELSP_TESTS_UTIL_CATEGORY_H */
