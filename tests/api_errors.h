/*
 * The functions of Winsock, and what they take
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

#ifndef __WINELSP_TESTS_API_ERRORS_H
#define __WINELSP_TESTS_API_ERRORS_H

/* An export of ws2_32. ret tells how it fails: 'i' with SOCKET_ERROR, 's' with INVALID_SOCKET, 'b' with FALSE, 'h' with
 * NULL, 'e' by returning an error; 'n' and 'v' (it returns nothing) do not fail. args has a letter for each argument,
 * which api_errors.c explains. Calls with all of the values of a letter are harmless: they change neither the catalog
 * nor another process, and do not wait. */
struct api
{
    const char *name;
    char ret;
    const char *args;
};

extern const struct api apis[];
extern const unsigned int api_count;

#endif /* __WINELSP_TESTS_API_ERRORS_H */
