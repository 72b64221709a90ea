/*
 * Administration of layered providers: a part of the registry in memory
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

#ifndef __WINELSP_REG_TREE_H
#define __WINELSP_REG_TREE_H

#include <stdarg.h>
#include "windef.h"
#include "winbase.h"
#include "winreg.h"

struct reg_value
{
    WCHAR *name;        /* "" is the default value of the key */
    DWORD type;
    DWORD size;
    BYTE *data;
};

/* A key with all that is below it, in the order of the registry. All memory is the tree's own. */
struct reg_key
{
    WCHAR *name;
    unsigned int value_count;
    struct reg_value *values;
    unsigned int key_count;
    struct reg_key *keys;
};

/* Reads the key and all that is below it into the tree, which was zeroed or is empty. Returns the error of a registry
 * function, with which the tree has what was read before. */
extern LSTATUS reg_tree_read( HKEY key, struct reg_key *tree );

/* Makes the key and all that is below it what the tree is: nothing else stays. Returns the error of a registry
 * function, after which the key is neither the one nor the other. */
extern LSTATUS reg_tree_write( HKEY key, const struct reg_key *tree );

/* Frees what a tree has; it is empty then. */
extern void reg_tree_clear( struct reg_key *tree );

/* A key right below another; NULL if there is none. Case does not count. It moves when its parent gets or loses
 * keys. */
extern struct reg_key *reg_tree_get_key( const struct reg_key *parent, const WCHAR *name );

/* Appends a key, which has to be new. */
extern struct reg_key *reg_tree_add_key( struct reg_key *parent, const WCHAR *name );

/* Removes a key with all that is below it, if it is there. */
extern void reg_tree_remove_key( struct reg_key *parent, const WCHAR *name );

/* A value; NULL if there is none. Case does not count. */
extern const struct reg_value *reg_tree_get_value( const struct reg_key *key, const WCHAR *name );

/* Adds a value or changes it; the data are copied. */
extern void reg_tree_set_value( struct reg_key *key, const WCHAR *name, DWORD type, const void *data, DWORD size );
extern void reg_tree_remove_value( struct reg_key *key, const WCHAR *name );

/* A REG_DWORD; 0 if it is missing or of another type or size, as for ws2_32. */
extern DWORD reg_tree_get_dword( const struct reg_key *key, const WCHAR *name );
extern void reg_tree_set_dword( struct reg_key *key, const WCHAR *name, DWORD value );

/* A string, terminated, in memory that the caller frees; "" if it is missing or of another type. */
extern WCHAR *reg_tree_get_string( const struct reg_key *key, const WCHAR *name );

#endif /* __WINELSP_REG_TREE_H */
